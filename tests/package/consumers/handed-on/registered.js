// Prints what a program registers, one resource a line. What a TURN credential gives is made up.
const { runtime } = require("@pulumi/pulumi");

const iceServers = [{ urls: "turn:relay.example.com:80", username: "user", credential: "word" }];

runtime.setMocks({
  newResource: ({ type, inputs }) => {
    console.log(JSON.stringify({ type, inputs }));
    return { id: "it", state: type.endsWith(":TurnCredential") ? { ...inputs, iceServers } : inputs };
  },
  call: () => ({}),
});

require(process.argv[2]);
