import type { RoomType } from "../../provider/src/rooms/roomType";
import { assertNoSecrets } from "../support/canary";
import { isExhaustive } from "../support/exhaustive";
import { type Face, faces, ProviderHost } from "../support/providerHost";
import { types } from "../support/rooms";

/** Where the provider runs: a face of the built code, over gRPC, or, undefined, the source code in this process. */
export const grounds: readonly (Face | undefined)[] = [undefined, ...faces];

/** In a quick selection: the dynamic face over gRPC is met by faults and by the model already. */
export const quickGrounds: typeof grounds = isExhaustive ? grounds : [undefined, "plugin"];

/** The kinds of rooms for a face: in a quick selection one, since over gRPC they differ in nothing but their table. */
export function typesOn(face: Face | undefined): readonly RoomType[] {
  return face && !isExhaustive ? types.slice(0, 1) : types;
}

/** For titles of tests. */
export function on(face: Face | undefined): string {
  return face ? `, ${face}, over gRPC` : "";
}

/** A process of the face for the tests of this block. */
export function hosted(face: Face): () => ProviderHost;
export function hosted(face: Face | undefined): () => ProviderHost | undefined;
export function hosted(face: Face | undefined): () => ProviderHost | undefined {
  let host: ProviderHost | undefined;
  before(() => {
    if (face) host = ProviderHost.start(face);
  });
  after(async () => {
    await host?.close();
    assertNoSecrets("what the provider process printed", host?.printed ?? "");
  });
  return () => host;
}
