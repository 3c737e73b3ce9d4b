import { type OfficeStore, openOffice } from "../compose.ts";
import type { Config } from "../config.ts";
import { openLog } from "../log.ts";

/** Opens the office's store for one command and closes it after. */
export async function withOffice<T>(config: Config, use: (office: OfficeStore) => Promise<T>): Promise<T> {
  const office = await openOffice(config, openLog(config), false);
  try {
    return await use(office);
  } finally {
    await office.close();
  }
}
