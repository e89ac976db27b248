export type { Context, Session } from "./context";
export { create } from "./create";
export { deleteRoom } from "./delete";
export { read } from "./read";
export { update } from "./update";
