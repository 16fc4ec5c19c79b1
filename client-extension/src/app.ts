import type { ActiveProfile } from "./activeProfile.ts";
import type { Server } from "./client.ts";
import type { Profiles } from "./profiles.ts";
import type { ProfileTree } from "./tree.ts";

/** The parts that commands work on. */
export interface App {
  readonly server: Server;
  readonly profiles: Profiles;
  readonly active: ActiveProfile;
  readonly tree: ProfileTree;
}
