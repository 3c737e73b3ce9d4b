import { afterAll, beforeAll } from "vitest";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../../src/adapters/embedded-postgres.ts";
import { type Config, loadConfig } from "../../src/config.ts";
import { createHome, removeHome } from "../adapters/test-home.ts";

/** An empty office for the commands under test. */
interface HeldOffice {
  readonly home: string;
  readonly config: Config;
}

/** Opens an office before the tests of a file and removes it after. Its server is held open: the commands find it running and start none. */
export function holdOffice(onOpen: (office: HeldOffice) => void): void {
  let home: string;
  let server: EmbeddedPostgres;
  beforeAll(async () => {
    home = createHome();
    server = await startEmbeddedPostgres({ home });
    onOpen({ home, config: loadConfig({ ILMO_HOME: home, ILMO_LOG_LEVEL: "silent" }, home) });
  });
  afterAll(async () => {
    await server.stop();
    removeHome(home);
  });
}
