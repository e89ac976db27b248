// Prints what a program registers, one resource a line. What a TURN credential gives is made up, and a secret as on the engine.
const { runtime, secret } = require("@pulumi/pulumi");

const login = { username: secret("user"), password: secret("word") };
const iceServers = secret([{ urls: "turn:relay.example.com:80", username: "user", credential: "word" }]);

runtime.setMocks({
  newResource: ({ type, inputs }) => {
    console.log(JSON.stringify({ type, inputs }));
    return {
      id: "it",
      state: type.endsWith(":TurnCredential") ? { ...inputs, ...login, iceServers } : inputs,
    };
  },
  call: () => ({}),
});

require(process.argv[2]);
