import { describe, expect, it } from "vitest";
import { checkCharacterOf } from "../../../src/model/personal-identity-code.ts";
import type { MrzReading } from "../../../src/model/reading.ts";
import { type ReconcileContext, reconcileReadings } from "../../../src/read/text/reconcile-readings.ts";
import type { TextReading } from "../../../src/read/text/text-reading.ts";

const CONTEXT: ReconcileContext = { receivedOn: "2026-09-14", environment: "test" };

const accepted = (field: string, value: string, evidence: TextReading["evidence"] = ["twoReaders"]): TextReading => ({
  field,
  value,
  confidence: 0.98,
  status: "accepted",
  evidence,
});
const review = (field: string, value: string, evidence: TextReading["evidence"] = []): TextReading => ({
  field,
  value,
  confidence: 0.5,
  status: "review",
  evidence,
});

function statuses(readings: readonly TextReading[], context: ReconcileContext = CONTEXT): Record<string, string> {
  return Object.fromEntries(reconcileReadings(readings, context).map(({ field, status }) => [field, status]));
}

const codeOf = (date: string, sign = "-"): string => `${date}${sign}900${checkCharacterOf(`${date}900`)}`;

const MRZ: MrzReading = {
  format: "TD1",
  lines: [],
  checksHold: true,
  documentNumber: "XT4555719",
  birthDate: "1990-01-01",
  expiryDate: "2030-01-01",
  nationality: "SYR",
  issuingState: "FIN",
  surname: "HAMDAN",
  givenNames: "KARIM",
  optional1: "",
  optional2: "",
  sex: "",
  accepted: [],
  confidence: 0.99,
};

describe("reconcileReadings", () => {
  it("keeps the order and the fields that nothing confirms or contradicts", () => {
    const readings = [review("occupation", "kokki"), accepted("phone", "040 000 0000"), accepted("surname", "Hamdan")];
    expect(reconcileReadings(readings, CONTEXT)).toEqual(readings);
  });

  describe("identity code and date of birth", () => {
    it("accepts both when the dates agree: the century sign is then proved", () => {
      const readings = [review("personalIdentityCode", codeOf("010190"), ["checkDigit"]), review("dateOfBirth", "1.1.1990")];
      expect(statuses(readings)).toEqual({ personalIdentityCode: "accepted", dateOfBirth: "accepted" });
      expect(reconcileReadings(readings, CONTEXT)[0]?.evidence).toEqual(["checkDigit", "crossField"]);
    });

    it("sends both to a person when only the century differs", () => {
      const readings = [
        accepted("personalIdentityCode", codeOf("010107", "-"), ["checkDigit", "twoReaders"]),
        accepted("dateOfBirth", "1.1.2007"),
      ];
      expect(statuses(readings)).toEqual({ personalIdentityCode: "review", dateOfBirth: "review" });
    });

    it("sends both to a person when one digit differs, unless the card takes a side", () => {
      const readings = [
        accepted("personalIdentityCode", codeOf("010190"), ["checkDigit", "twoReaders"]),
        accepted("dateOfBirth", "1.1.1991"),
      ];
      expect(statuses(readings)).toEqual({ personalIdentityCode: "review", dateOfBirth: "review" });
      expect(statuses(readings, { ...CONTEXT, mrz: MRZ })).toEqual({ personalIdentityCode: "accepted", dateOfBirth: "accepted" });
    });

    it("leaves two quite different dates that were read surely: the form itself says so", () => {
      const readings = [
        accepted("personalIdentityCode", codeOf("010190"), ["checkDigit", "twoReaders"]),
        accepted("dateOfBirth", "23.11.1985"),
      ];
      expect(statuses(readings)).toEqual({ personalIdentityCode: "accepted", dateOfBirth: "accepted" });
    });

    it("never accepts a code whose check fails, whatever the date", () => {
      const wrong = `${codeOf("010190").slice(0, 10)}${codeOf("010190").endsWith("A") ? "B" : "A"}`;
      expect(statuses([review("personalIdentityCode", wrong), review("dateOfBirth", "1.1.1990")])).toEqual({
        personalIdentityCode: "review",
        dateOfBirth: "review",
      });
    });
  });

  describe("names", () => {
    it("accepts the names of the block that two readers read alike, not one that only one of them read so", () => {
      const readings = [
        review("surname", "Hamdan", ["twoReaders"]),
        review("givenNames", "Karim"),
        review("nameInBlock", "Karim Hamdan", ["twoReaders"]),
      ];
      expect(statuses(readings)).toEqual({ surname: "accepted", givenNames: "review", nameInBlock: "accepted" });
    });

    it("accepts nothing when no name was seen by two readers", () => {
      const readings = [review("surname", "Hamdan"), review("givenNames", "Karim"), review("nameInBlock", "Karim Hamdan")];
      expect(statuses(readings)).toEqual({ surname: "review", givenNames: "review", nameInBlock: "review" });
    });

    it("does not make up for a mark in the ink that no letter explains", () => {
      const doubted: TextReading = { ...review("givenNames", "Ayse", ["twoReaders"]), doubts: ["marks"] };
      const readings = [accepted("surname", "Yilmaz"), doubted, accepted("nameInBlock", "Ayse Yilmaz")];
      expect(statuses(readings).givenNames).toBe("review");
    });

    it("sends names to a person that differ in a letter or two", () => {
      const readings = [accepted("surname", "Hamdan"), accepted("givenNames", "Karim"), accepted("nameInBlock", "Karim Hamden")];
      expect(statuses(readings)).toEqual({ surname: "review", givenNames: "review", nameInBlock: "review" });
    });

    it("leaves another person's name in the block alone", () => {
      const readings = [accepted("surname", "Hamdan"), accepted("givenNames", "Karim"), accepted("nameInBlock", "Leila Ahmadi")];
      expect(statuses(readings)).toEqual({ surname: "accepted", givenNames: "accepted", nameInBlock: "accepted" });
    });

    it("does not take one hand's letter, misread in both places, for the name", () => {
      const readings = [accepted("surname", "Farah"), review("givenNames", "Acha"), review("nameInBlock", "Acha Farah")];
      expect(statuses(readings)).toMatchObject({ givenNames: "review", nameInBlock: "review" });
    });

    it("sends a name to a person that a reader tore apart", () => {
      const torn = [accepted("surname", "Hamdan"), accepted("givenNames", "Ka rim"), accepted("nameInBlock", "Ka rim Hamdan")];
      expect(statuses(torn, { ...CONTEXT, mrz: MRZ })).toMatchObject({ givenNames: "review", nameInBlock: "review" });
      const tornOnce = [accepted("surname", "Hamdan"), accepted("givenNames", "Ka rim"), accepted("nameInBlock", "Karim Hamdan")];
      expect(statuses(tornOnce)).toMatchObject({ givenNames: "review", nameInBlock: "review" });
    });

    it("takes the card's word for a name that both readers saw, and doubts one that is near but not the same", () => {
      const readings = [review("surname", "Hamdan", ["twoReaders"]), accepted("givenNames", "Karin")];
      expect(statuses(readings, { ...CONTEXT, mrz: MRZ })).toEqual({ surname: "accepted", givenNames: "review" });
    });
  });

  describe("address", () => {
    it("accepts a post office that its postal code names and puts its spelling right", () => {
      const readings = [accepted("postalCode", "04400", ["codeList", "twoReaders"]), review("postOffice", "Jarvenpaa")];
      const [, office] = reconcileReadings(readings, CONTEXT);
      expect(office).toMatchObject({ value: "Järvenpää", raw: "Jarvenpaa", status: "accepted", evidence: ["crossField"] });
    });

    it("sends both to a person when they name different places", () => {
      const readings = [accepted("postalCode", "04400"), accepted("postOffice", "HELSINKI")];
      expect(statuses(readings)).toEqual({ postalCode: "review", postOffice: "review" });
    });

    it("confirms a code that two readers saw by its post office, not one that a single reader saw: a town has many codes", () => {
      const codeOfTown = (evidence: TextReading["evidence"]) =>
        statuses([review("postalCode", "00710", evidence), accepted("postOffice", "HELSINKI")]).postalCode;
      expect(codeOfTown(["twoReaders"])).toBe("accepted");
      expect(codeOfTown(["codeList"])).toBe("review");
    });

    it("doubts a postal code that Posti does not have", () => {
      expect(statuses([accepted("postalCode", "99998"), accepted("postOffice", "HELSINKI")]).postalCode).toBe("review");
    });
  });

  describe("dates", () => {
    it.each([
      ["signingDate", "15.9.2026"],
      ["signingDate", "1.1.2020"],
      ["arrivedInFinland", "1.1.2027"],
      ["dateOfBirth", "1.1.2020"],
      ["dateOfBirth", "1.1.1930"],
      ["startFrom", "1.1.2016"],
      ["work1End", "2027"],
    ])("doubts %s %s on a form received 14.9.2026", (field, value) => {
      expect(statuses([accepted(field, value)])).toEqual({ [field]: "review" });
    });

    it.each([
      ["signingDate", "14.9.2026"],
      ["dateOfBirth", "1.1.1990"],
      ["work1End", "09/2026"],
      ["qualificationYear", "2010"],
    ])("believes %s %s", (field, value) => {
      expect(statuses([accepted(field, value)])).toEqual({ [field]: "accepted" });
    });

    it("doubts work that ended before it began and permits that end before they start", () => {
      const readings = [
        accepted("work1Start", "2022"),
        accepted("work1End", "2019"),
        accepted("permitValidFrom", "1.1.2026"),
        accepted("permitValidUntil", "1.1.2025"),
      ];
      expect(Object.values(statuses(readings))).toEqual(["review", "review", "review", "review"]);
    });

    it("accepts a permit's dates whose day and month confirm each other", () => {
      const readings = [review("permitValidFrom", "21.4.2026", ["twoReaders"]), review("permitValidUntil", "20.4.2030", ["twoReaders"])];
      expect(statuses(readings)).toEqual({ permitValidFrom: "accepted", permitValidUntil: "accepted" });
    });
  });

  it("compares number and nationality with the card", () => {
    const readings = [review("permitCardNumber", "XT4555719"), review("citizenship", "Syyria")];
    expect(statuses(readings, { ...CONTEXT, mrz: MRZ })).toEqual({ permitCardNumber: "accepted", citizenship: "accepted" });
    expect(statuses(readings, { ...CONTEXT, mrz: { ...MRZ, checksHold: false } })).toEqual({
      permitCardNumber: "review",
      citizenship: "review",
    });
  });

  it("puts a card number right whose letters and digits only look alike, and no other", () => {
    const [alike] = reconcileReadings([review("permitCardNumber", "XT45S57I9")], { ...CONTEXT, mrz: MRZ });
    expect(alike).toMatchObject({ value: "XT4555719", raw: "XT45S57I9", status: "accepted", evidence: ["crossField"] });
    expect(statuses([review("permitCardNumber", "XT4555718")], { ...CONTEXT, mrz: MRZ })).toEqual({ permitCardNumber: "review" });
  });

  it.each(["SAAPUNUT", "14.09.2026 SAAPUNUT", "14.9.2026", "Kuopio 14.09.2026", "KOPIO JÄLJENNÖS", "Копия"])(
    "takes %s for a stamp, not for words",
    (text) => {
      expect(statuses([accepted("furtherInfo", text), accepted("signingDate", "14.09.2026")])).toEqual({
        furtherInfo: "review",
        signingDate: "accepted",
      });
    },
  );

  it("accepts who filled in the form when it is the sender's contact", () => {
    const readings = [
      accepted("senderUnit", "Esimerkin vastaanottokeskus"),
      review("senderContact", "Sari Lehto", ["twoReaders"]),
      review("filledBy", "Sari Lehto, Esimerkin"),
    ];
    expect(statuses(readings)).toMatchObject({ senderContact: "accepted", filledBy: "accepted" });
  });

  it("doubts a contact whose accents differ between two places", () => {
    const readings = [accepted("senderContact", "Johanna Mäki"), accepted("filledBy", "Johanna Maki")];
    expect(statuses(readings)).toEqual({ senderContact: "review", filledBy: "review" });
  });

  it("accepts nothing on a page that may lie elsewhere", () => {
    const unreliable = { isUnreliable: true };
    const readings = [
      { ...review("personalIdentityCode", codeOf("010190"), ["checkDigit"]), ...unreliable },
      { ...review("dateOfBirth", "1.1.1990"), ...unreliable },
    ];
    expect(statuses(readings)).toEqual({ personalIdentityCode: "review", dateOfBirth: "review" });
  });
});

describe("names in alphabets that the readers do not know", () => {
  const namesOf = (citizenship: string, surname: string, motherTongue = "arabia") =>
    statuses([
      accepted("surname", surname),
      accepted("citizenship", citizenship, ["codeList"]),
      accepted("motherTongue", motherTongue, ["codeList"]),
    ]).surname;

  it.each([
    ["Puola", "Lukasik", "review"],
    ["Turkki", "Aslan", "review"],
    ["Turkki", "Yilmaz", "accepted"],
    ["Kroatia", "Durić", "review"],
    ["Kroatia", "Zelja", "review"],
    ["Kroatia", "Horvat", "accepted"],
    ["Syyria", "Aslan", "accepted"],
  ])("leaves a name of a person from %s, %s, at %s", (citizenship, surname, status) => {
    expect(namesOf(citizenship, surname)).toBe(status);
  });

  it("goes by the mother tongue, too", () => {
    expect(namesOf("Saksa", "Aslan", "turkki")).toBe("review");
  });

  it("goes by the card, and by a country that was badly read", () => {
    const nameWith = (others: readonly TextReading[], mrz?: MrzReading) =>
      statuses([accepted("surname", "Kresimir"), ...others], mrz === undefined ? CONTEXT : { ...CONTEXT, mrz }).surname;
    const croatian = { ...MRZ, nationality: "HRV", surname: "KRESIMIR", givenNames: "ANA" };
    expect(nameWith([], croatian)).toBe("review");
    expect(nameWith([], { ...croatian, nationality: "SYR" })).toBe("accepted");
    expect(nameWith([review("citizenship", "Krsat Kroatia")])).toBe("review");
    expect(nameWith([review("motherTongue", "kroatia")])).toBe("review");
    expect(nameWith([review("citizenship", "Irak Irak")])).toBe("accepted");
  });

  it("doubts a name that two places spell with other accents", () => {
    const nameOf = (block: string) =>
      statuses([accepted("surname", "Doski"), accepted("givenNames", "Hévi"), accepted("nameInBlock", block)]).givenNames;
    expect(nameOf("Hevi Doski")).toBe("review");
    expect(nameOf("DOSKI HÉVI")).toBe("accepted");
  });

  it("does not believe two places that spell it alike", () => {
    const readings = [accepted("surname", "Lukasik"), accepted("givenNames", "Anna"), accepted("nameInBlock", "Anna Lukasik")];
    const found = statuses([...readings, accepted("citizenship", "Puola", ["codeList"])]);
    expect(found).toMatchObject({ surname: "review", nameInBlock: "review" });
  });
});
