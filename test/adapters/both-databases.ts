import { type OpenDatabase, openDatabase } from "../../src/adapters/database.ts";
import { startExternalPostgres } from "./external-postgres.ts";
import { createHome, removeHome } from "./test-home.ts";

/** An open store that goes away when the test file ends. */
export interface TestDatabase extends OpenDatabase {
  readonly home: string;
  readonly stopAll: () => Promise<void>;
}

async function openEmbedded(): Promise<TestDatabase> {
  const home = createHome();
  const database = await openDatabase({ home });
  const stopAll = async (): Promise<void> => {
    await database.close();
    removeHome(home);
  };
  return { ...database, home, stopAll };
}

async function openExternal(): Promise<TestDatabase> {
  const home = createHome();
  const server = await startExternalPostgres();
  const database = await openDatabase({ home, databaseUrl: await server.createDatabase() });
  const stopAll = async (): Promise<void> => {
    await database.close();
    await server.stop();
    removeHome(home);
  };
  return { ...database, home, stopAll };
}

/** Every store test runs on the server that ships with ilmo and on Debian's. */
export const BOTH_DATABASES = [
  { name: "embedded", open: openEmbedded },
  { name: "external", open: openExternal },
] as const;
