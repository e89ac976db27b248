import type { World } from "../world";

/** Something that happens to a room, told under one behaviour of the API. It begins with a stack of its own. */
type Story = (world: World) => Promise<void>;

export type Stories = Readonly<Record<string, Story>>;
