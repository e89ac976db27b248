/** The three kinds of resources, for whoever serves Pulumi: see kind.ts. */
import type { ObjectDifference } from "../objects/difference";
import type { ObjectType } from "../objects/objectType";
import type { Difference } from "../rooms/diff";
import type { RoomType } from "../rooms/roomType";
import { type SetType, setSubject } from "../rooms/set/setType";
import type { Kind, Last } from "./kind";
import * as objects from "./objectOperations";
import { isFirstObjectRead, objectSecrets } from "./objectState";
import * as rooms from "./operations";
import { paced } from "./progress";
import * as sets from "./setOperations";
import { setNameIn } from "./setState";
import { givenIn, isFirstRead, secretSettings } from "./state";

const now = () => Date.now();

export function roomKind(type: RoomType): Kind<Difference> {
  return {
    type,
    secrets: (isDeclared) => secretSettings(type, isDeclared),
    isFirstRead: (outputs) => isFirstRead(type, outputs),
    check: ({ claims }, owner, olds, news) => rooms.checkInputs({ type, claims, owner, now }, olds, news),
    operations(process, errand) {
      const place = process.place(type, errand);
      return {
        compare: ({ id, outputs, inputs }, news) => rooms.compareRoom(place, id, outputs, news, inputs),
        planned: (news, last) => rooms.plannedRoom(place, news, last),
        create: (inputs) => rooms.createRoom(place, inputs),
        update: ({ id, outputs, inputs }, news) => rooms.updateRoom(place, id, outputs, news, inputs),
        delete: ({ id, outputs }) => rooms.deleteRoom(place, id, outputs),
        refresh: ({ id, outputs, inputs }) => rooms.refreshRoom(place, id, outputs, inputs),
        refreshLookup: ({ id }) => rooms.refreshLookup(place, id),
        lookUp: ({ id }) => rooms.lookUpRoom(place, id),
        import: (id) => rooms.importRoom(place, id),
      };
    },
  };
}

export function objectKind(type: ObjectType): Kind<ObjectDifference> {
  return {
    type,
    secrets: (isDeclared) => objectSecrets(type, isDeclared),
    isFirstRead: (outputs) => isFirstObjectRead(type, outputs),
    check: (_process, _owner, olds, news) => objects.checkObject({ type, now }, olds, news),
    operations(process, errand) {
      const place = process.objectPlace(type, errand);
      return {
        compare: ({ id, outputs, inputs }, news) => objects.compareObject(place, id, outputs, news, inputs),
        planned: (news, last) => objects.plannedOutputs(place, news, last),
        create: (inputs) => objects.createObject(place, inputs),
        update: ({ id, outputs, inputs }, news) => objects.updateObject(place, id, outputs, news, inputs),
        delete: ({ id, outputs }) => objects.deleteObject(place, id, outputs),
        refresh: ({ id, outputs }) => objects.refreshObject(place, id, outputs),
        refreshLookup: ({ id, outputs }) => objects.refreshObjectLookup(place, id, outputs),
        lookUp: ({ id }) => objects.lookUpObject(place, id),
        import: (id) => objects.importObject(place, id),
      };
    },
  };
}

export function setKind(set: SetType): Kind<sets.SetDifference> {
  return {
    type: set,
    // In a map of their own, since Pulumi makes a whole output secret for one secret in it.
    secrets: () => ["secretSettings"],
    isFirstRead: (outputs) => Object.keys(givenIn(outputs)).length === 0,
    check: ({ claims }, urn, olds, news) => {
      const owner = urn || setNameIn(olds) || setNameIn(news);
      return sets.checkSet({ set, claims, owner, urn, now }, olds, news);
    },
    operations(process, errand, { pace, show }) {
      /** A dynamic provider isn't told which resource it works for, but the generated name is the set's alone. */
      const place = (name: string) => {
        const subject = setSubject(set, name);
        const progress = paced(pace, (done, total) => show({ note: "set progress", subject, done, total }));
        return process.setPlace(set, name, { ...errand, owner: errand.owner ?? name, progress });
      };
      const refresh = ({ id, outputs }: Last) => sets.refreshSet(place(id), outputs);
      return {
        compare: ({ id, outputs }, news) => sets.compareSet(place(id), outputs, news),
        planned: (news, last) => sets.plannedSetOutputs(place(last?.id ?? setNameIn(news)), news, last?.outputs),
        create: (inputs) => sets.createSet(place(setNameIn(inputs)), inputs),
        update: ({ id, outputs }, news) => sets.updateSet(place(id), outputs, news),
        delete: ({ id, outputs }) => sets.deleteSet(place(id), outputs),
        refresh,
        refreshLookup: refresh,
        lookUp: refresh,
        import: async () => {
          throw new Error(nothingToRead(set));
        },
      };
    },
  };
}

function nothingToRead({ name, room }: SetType): string {
  return (
    `A ${name} can't be imported or looked up by an ID, because sets don't exist on Metered. To manage existing rooms as a set, run ` +
    "npx pulumi-metered import --all --set NAME, or set their roomName in its rooms and metered:adoptExisting to true for one pulumi up. " +
    `To look rooms up, use ${room.name} or get${room.name}.`
  );
}
