import { output } from "@pulumi/pulumi/output";
import type { ResourceType } from "../../schema/field";

/**
 * Lets every setting of a room class be read as an Output, though a room registers only what it declares: the SDK makes
 * promises with stack traces for each registered property, so that thirty undeclared ones would cost a program more than
 * all the rest of a room.
 */
export function readUndeclared(room: { readonly prototype: object }, type: ResourceType): void {
  for (const name of Object.keys(type.fields)) {
    Object.defineProperty(room.prototype, name, {
      configurable: true,
      get: () => output(undefined),
      /** The SDK assigns the outputs of registered properties. */
      set(this: object, value: unknown) {
        Object.defineProperty(this, name, { value, configurable: true, enumerable: true, writable: true });
      },
    });
  }
}
