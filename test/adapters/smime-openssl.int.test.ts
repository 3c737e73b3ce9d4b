import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeHonestFiles } from "../../fixtures/hostile/hostile-set.ts";
import { buildEntity, buildMultipart, wrapEntity } from "../../fixtures/hostile/mails.ts";
import { findOpenssl } from "../../src/adapters/smime-openssl.ts";
import { startTestOpener, type TestOpener } from "./opener-samples.ts";
import { openSmimeLab, type SmimeLab, type TestIdentity } from "./smime-samples.ts";

const SENDER = "reception@centre.example";
const OPENED = "opened: 1 read";

interface People {
  readonly sender: TestIdentity;
  readonly other: TestIdentity;
  readonly pretender: TestIdentity;
  readonly office: TestIdentity;
  readonly oldOffice: TestIdentity;
}

const headersFrom = (...from: readonly string[]): string[] => [
  ...from.map((line) => `From: ${line}`),
  "To: forms@office.example",
  "Subject: Form",
];

const pkcs7 = (der: Uint8Array): string => buildEntity({ type: "application/pkcs7-mime", name: "smime.p7m", content: der });

describe("createFileOpener with encrypted and signed mail", () => {
  let folder: string;
  let lab: SmimeLab;
  let people: People;
  let form: string;
  let count = 0;
  /** By their settings: starting the processes takes longer than a case. */
  const boxes = new Map<string, TestOpener>();

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "ilmo-smime-"));
    mkdirSync(join(folder, "lab"));
    lab = openSmimeLab(join(folder, "lab"));
    people = {
      sender: lab.issue("sender", SENDER),
      other: lab.issue("other", "other@centre.example"),
      pretender: lab.issue("pretender", SENDER, "itself"),
      office: lab.issue("office", "forms@office.example"),
      oldOffice: lab.issue("old-office", "forms@office.example"),
    };
    const { pdf } = await makeHonestFiles();
    form = buildMultipart([buildEntity({ type: "application/pdf", name: "form.pdf", content: pdf })]);
  });
  afterAll(async () => {
    await Promise.all([...boxes.values()].map((box) => box.close()));
    rmSync(folder, { recursive: true, force: true });
  });

  interface Setting {
    readonly keys?: readonly TestIdentity[];
    readonly trustedFiles?: readonly string[];
  }

  async function outcomeOf(
    mail: Uint8Array,
    { keys = [people.office], trustedFiles = [lab.authorityFile] }: Setting = {},
  ): Promise<string> {
    const smime = { keys, trustedFiles };
    const name = JSON.stringify(smime);
    const box = boxes.get(name) ?? startTestOpener({ smime });
    boxes.set(name, box);
    count += 1;
    const path = join(folder, `${count}.eml`);
    writeFileSync(path, mail);
    return box.outcomeOf(path);
  }

  const clearSigned = (signer: TestIdentity, content = form, signedContent = content): string => {
    const signature = buildEntity({
      type: "application/pkcs7-signature",
      name: "smime.p7s",
      content: lab.sign(signedContent, signer, "detached"),
    });
    return buildMultipart([content, signature], "signed-mail", 'signed; protocol="application/pkcs7-signature"; micalg=sha-256');
  };
  const from = (entity: string, ...lines: string[]): Uint8Array =>
    wrapEntity(entity, headersFrom(...(lines.length > 0 ? lines : [SENDER])));

  it.each(["-aes-256-cbc", "-aes-128-gcm", "-des3"])("opens a mail that is encrypted with %s", async (cipher) => {
    expect(await outcomeOf(from(pkcs7(lab.encrypt(form, people.office, cipher))))).toBe(OPENED);
  });

  it("opens mail for a former key while it is still configured, and keeps what no key opens", async () => {
    const mail = from(pkcs7(lab.encrypt(form, people.oldOffice)));
    expect(await outcomeOf(mail, { keys: [people.office, people.oldOffice] })).toBe(OPENED);
    expect(await outcomeOf(mail)).toBe("keyMissing");
  });

  it("believes a clear signature, an opaque one and three layers of the sender", async () => {
    const opaque = pkcs7(lab.sign(form, people.sender, "opaque"));
    const triple = pkcs7(lab.sign(pkcs7(lab.encrypt(opaque, people.office)), people.sender, "opaque"));
    expect(await outcomeOf(from(clearSigned(people.sender)))).toBe("opened verified: 1 read");
    expect(await outcomeOf(from(opaque))).toBe("opened verified: 1 read");
    expect(await outcomeOf(from(triple))).toBe("opened verified: 1 read");
  });

  it("believes a signature over bare line feeds", async () => {
    const signedBare = clearSigned(people.sender, form.trimEnd(), form.trimEnd().replaceAll("\r\n", "\n"));
    expect(await outcomeOf(from(signedBare))).toBe("opened verified: 1 read");
  });

  it("marks a signature that nobody vouches for when no authority is configured", async () => {
    expect(await outcomeOf(from(clearSigned(people.pretender)), { trustedFiles: [] })).toBe("opened unchecked: 1 read");
  });

  it("believes a single certificate that is pinned", async () => {
    const pinned = { trustedFiles: [people.pretender.certificateFile] };
    expect(await outcomeOf(from(clearSigned(people.pretender)), pinned)).toBe("opened verified: 1 read");
    expect(await outcomeOf(from(clearSigned(people.sender)), pinned)).toBe("signatureInvalid");
  });

  it("refuses what was altered, also without an authority", async () => {
    const altered = clearSigned(people.sender, form.replace("form.pdf", "from.pdf"), form);
    expect(await outcomeOf(from(altered))).toBe("signatureInvalid");
    expect(await outcomeOf(from(altered), { trustedFiles: [] })).toBe("signatureInvalid");
  });

  it("refuses a signer who is not trusted or is not the sender", async () => {
    expect(await outcomeOf(from(clearSigned(people.pretender)))).toBe("signatureInvalid");
    expect(await outcomeOf(from(clearSigned(people.other)))).toBe("signatureInvalid");
  });

  it.each([
    ["an address in the name", `"${SENDER}" <evil@elsewhere.example>`],
    ["an address in an unquoted name", `evil@elsewhere.example <${SENDER}>`],
    ["two addresses", `${SENDER}, evil@elsewhere.example`],
    ["a comment that does not end", `${SENDER} (`],
  ])("refuses a From line with %s", async (_, line) => {
    expect(await outcomeOf(from(clearSigned(people.sender), line))).toBe("signatureInvalid");
  });

  it("refuses two From lines and none at all", async () => {
    expect(await outcomeOf(from(clearSigned(people.sender), SENDER, "evil@elsewhere.example"))).toBe("signatureInvalid");
    expect(await outcomeOf(wrapEntity(clearSigned(people.sender), ["To: forms@office.example", "Subject: Form"]))).toBe("signatureInvalid");
  });

  it("refuses a third part beside the signed one, so that nothing unsigned is read as signed", async () => {
    const third = clearSigned(people.sender).replace("--signed-mail--", `--signed-mail\r\n${form}\r\n--signed-mail--`);
    expect(await outcomeOf(from(third))).toBe("signatureInvalid");
  });

  it("lets the sender forward what another signed, but not what does not hold", async () => {
    const inner = pkcs7(lab.sign(form, people.other, "opaque"));
    expect(await outcomeOf(from(clearSigned(people.sender, inner)))).toBe("opened verified: 1 read");
    expect(await outcomeOf(from(clearSigned(people.sender, clearSigned(people.pretender))))).toBe("signatureInvalid");
  });

  it("puts aside a layer that is no such message", async () => {
    const broken = lab.encrypt(form, people.office).subarray(0, 200);
    expect(await outcomeOf(from(pkcs7(broken)))).toBe("keyMissing");
  });
});

describe("findOpenssl", () => {
  it("says what to install where the program is missing", async () => {
    const path = process.env.PATH;
    process.env.PATH = "/nonexistent";
    try {
      await expect(findOpenssl()).rejects.toMatchObject({
        code: "toolMissing",
        message: expect.stringContaining("apt-get install openssl"),
      });
    } finally {
      process.env.PATH = path;
    }
    expect(await findOpenssl()).toMatch(/^OpenSSL \d/);
  });
});
