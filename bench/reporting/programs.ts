/** What is measured against what, in the order of tables and colours. */
export const programs: Readonly<Record<string, string>> = {
  "pulumi-metered, set": "this provider, with all rooms in one `MeetingRoomSet`",
  "pulumi-metered": "this provider, with one `MeetingRoom` per room",
  "hand-written provider": "a typical dynamic provider: a class that uses axios, with a new instance for each resource",
  "engine baseline":
    "the smallest possible dynamic resource: one line of provider code, no inputs, no API. What the engine itself takes",
  "engine baseline with settings":
    "the engine baseline, with the settings of the rooms as inputs and outputs. What the engine takes for a resource that has some",
  "engine baseline, set":
    "the smallest possible dynamic resource that holds the same map of rooms as the set. What the engine and the SDK take for the map",
  "empty program": "a program without resources: the minimum for any Pulumi run. No provider process is started",
  "Terraform restapi":
    "Terraform with Mastercard's restapi provider. It reads every room whenever it plans. Pulumi does so only with `--refresh`",
  "raw HTTP":
    "only the API calls, sent with axios, as many at a time as Pulumi sends (four for each core, at most sixteen). What the API itself takes",
};
