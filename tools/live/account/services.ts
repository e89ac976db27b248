import type { Answer } from "./answer";
import { type Gate, NotOurs } from "./gate";
import type { Body } from "./requests";
import type { TurnLedger } from "./turnLedger";

/** Access tokens, recordings and sessions. A token that is issued lets nobody in but into rooms of this run. */
export class Services {
  constructor(
    private readonly gate: Gate,
    private readonly ledger: TurnLedger,
  ) {}

  /** @throws NotOurs for a token that would open a room of others */
  async createToken(body: Body): Promise<Answer> {
    const { roomName, globalToken } = body;
    if (globalToken === true || (roomName !== undefined && !this.gate.isOurs(roomName))) throw new NotOurs();
    const answer = await this.gate.exchange({ method: "POST", path: "/v1/token", body, label: "POST /token" });
    if (typeof answer.body.token === "string") this.ledger.secrets.add(answer.body.token);
    return answer;
  }

  /** No key is documented for it, so none goes there. */
  validateToken(token: string): Promise<Answer> {
    const label = "POST /token/validate";
    return this.gate.exchange({ method: "POST", path: "/v1/token/validate", body: { token }, label }, "none");
  }

  recordings(roomName: string): Promise<Answer> {
    if (!this.gate.isOurs(roomName)) throw new NotOurs();
    const path = `/v1/recordings/room/${encodeURIComponent(roomName)}`;
    return this.gate.exchange({ method: "GET", path, label: "GET /recordings/room/NAME" });
  }

  sessions(): Promise<Answer> {
    const path = "/v1/rooms/active/meetingsessions";
    return this.gate.exchange({ method: "GET", path, label: "GET /rooms/active/meetingsessions" });
  }
}
