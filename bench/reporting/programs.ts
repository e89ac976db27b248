/** What is measured against what, in the order of tables and colours. */
export const programs: Readonly<Record<string, string>> = {
  "pulumi-metered, set": "this provider, with all rooms in one `MeetingRoomSet`",
  "pulumi-metered": "this provider, with one `MeetingRoom` per room",
  usual: "a dynamic provider as usually written: a class with axios, a new instance for each resource",
  floor:
    "the smallest dynamic resource, with one line of provider text, no settings and no API behind it: the engine's own share",
  "floor with settings":
    "the floor, but with the settings of the rooms as inputs and outputs: the engine's share for a resource that has some",
  "empty program": "a program without resources: what each run of Pulumi costs. No provider process is started",
  "Terraform restapi":
    "Terraform with Mastercard's restapi provider. It looks at every room whenever it plans, Pulumi only when it is told to (`--refresh`)",
  "bare axios":
    "the calls alone, as many at a time as Pulumi has under way (four for each core, at most sixteen): the API's own share",
};
