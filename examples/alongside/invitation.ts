import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type * as metered from "pulumi-metered";

/** What a patient gets: the link to a room, and a code for those who prefer to type six letters. */
export class Invitation extends pulumi.ComponentResource {
  readonly text: pulumi.Output<string>;

  constructor(name: string, room: metered.MeetingRoom, backend: string, opts?: pulumi.ComponentResourceOptions) {
    super("clinic:index:Invitation", name, {}, opts);
    const code = new random.RandomString(
      `${name}-code`,
      {
        length: 6,
        upper: false,
        numeric: false,
        special: false,
        // A new room gets a new code. The code depends on the id, not the URL, because the id stays known while an input changes:
        // otherwise, the preview of such a change would announce a new code.
        keepers: { room: room.id },
      },
      { parent: this },
    );
    this.text = pulumi.interpolate`Your doctor waits at ${room.url}, or at ${backend} with the code ${code.result}.`;
    this.registerOutputs({ text: this.text });
  }
}
