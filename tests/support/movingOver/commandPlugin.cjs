"use strict";
const grpc = require("@grpc/grpc-js");
const messages = require("@pulumi/pulumi/proto/provider_pb");
const { ResourceProviderService } = require("@pulumi/pulumi/proto/provider_grpc_pb");
const { PluginInfo } = require("@pulumi/pulumi/proto/plugin_pb");
const { Empty } = require("google-protobuf/google/protobuf/empty_pb");

/** Answers with a message whose fields are set from the request. */
const reply =
  (Message, fill = () => undefined) =>
  ({ request }, callback) => {
    const message = new Message();
    fill(message, request);
    callback(null, message);
  };
const checked = reply(messages.CheckResponse, (message, request) => message.setInputs(request.getNews()));
const unchanged = reply(messages.DiffResponse, (message) => message.setChanges(1));

const server = new grpc.Server();
server.addService(ResourceProviderService, {
  getPluginInfo: reply(PluginInfo, (message) => message.setVersion("1.1.3")),
  checkConfig: checked,
  diffConfig: unchanged,
  configure: reply(messages.ConfigureResponse),
  check: checked,
  diff: unchanged,
  read: reply(messages.ReadResponse, (message, request) => {
    message.setId(request.getId());
    message.setProperties(request.getProperties());
    message.setInputs(request.getInputs());
  }),
  delete: (_call, callback) => callback({ code: grpc.status.UNKNOWN, details: "the delete command was run" }),
  cancel: reply(Empty),
});
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (_error, port) => console.log(port));
