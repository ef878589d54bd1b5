import { describe, expect, it } from "vitest";
import { authorNames } from "../../../src/corpus/names/author-names.ts";
import { type NameParts, personName } from "../../../src/corpus/names/person-name.ts";
import type { Paper } from "../../../src/protocol.ts";
import { plainText } from "../../../src/references/latex.ts";
import { referenceKeys } from "../../../src/references/references.ts";

function shown(...authors: string[]): string[] {
  return authorNames(authors).map((name) =>
    name.literal === undefined
      ? [name.given, name["non-dropping-particle"], name.family?.toUpperCase(), name.suffix]
          .filter((part) => part !== undefined)
          .join(" ")
      : `<${name.literal}>`,
  );
}

describe("author names", () => {
  it.each([
    [["Simeon Ball"], ["Simeon BALL"]],
    [["Ball, Simeon"], ["Simeon BALL"]],
    [["Simeon Ball, Joaquim Monserrat"], ["Simeon BALL", "Joaquim MONSERRAT"]],
    [["A. Cee, B. Dee, and C. Eff"], ["A. CEE", "B. DEE", "C. EFF"]],
    [["Ball, S., Monserrat, J."], ["S. BALL", "J. MONSERRAT"]],
    [["Ball, Simeon; Monserrat, Joaquim"], ["Simeon BALL", "Joaquim MONSERRAT"]],
    [["Li, Ming and Zhang, Wei"], ["Ming LI", "Wei ZHANG"]],
    [["Jane Roe & John Doe, et al."], ["Jane ROE", "John DOE"]],
    [["Garcia Marquez, Gabriel"], ["Gabriel GARCIA MARQUEZ"]],
    [["Aäron van den Oord"], ["Aäron van den OORD"]],
    [["van den Oord, Aäron"], ["Aäron van den OORD"]],
    [["Martin Luther King, Jr."], ["Martin Luther KING Jr."]],
    [["King, Martin Luther, Jr."], ["Martin Luther KING Jr."]],
    [
      ["The ATLAS Collaboration", "OpenAI", "AT&T Labs"],
      ["<The ATLAS Collaboration>", "<OpenAI>", "<AT&T Labs>"],
    ],
    [["", " "], []],
    [["Smith JA"], ["JA SMITH"]],
    [["Beethoven, Ludwig van"], ["Ludwig van BEETHOVEN"]],
    [
      ["de la Cruz AB", "van den Berg KL Jr"],
      ["AB de la CRUZ", "KL van den BERG Jr"],
    ],
    [["Smith JA, Jones B and O'Neil J-P"], ["JA SMITH", "B JONES", "J-P O'NEIL"]],
    [
      ["Jun LI", "Ada Tester"],
      ["Jun LI", "Ada TESTER"],
    ],
    [
      ["Li J", "LEE S-H"],
      ["J LI", "S-H LEE"],
    ],
    [["J. A. Smith"], ["J. A. SMITH"]],
    [["Smith J.A."], ["J.A. SMITH"]],
    [["Smith, Jr., John"], ["John SMITH Jr."]],
    [["Maria del Carmen de la Cruz"], ["Maria del Carmen de la CRUZ"]],
    [
      ["Ada Tester (Institute of Examples)", "Dr. Bo Sample, PhD"],
      ["Ada TESTER", "Bo SAMPLE"],
    ],
    [["Ada Tester1,2*, Bo Sample3 and Cy Example"], ["Ada TESTER", "Bo SAMPLE", "Cy EXAMPLE"]],
    [
      ["World Health Organization", "Google DeepMind"],
      ["<World Health Organization>", "<Google DeepMind>"],
    ],
    [
      ["Food and Agriculture Organization of the United Nations"],
      ["<Food and Agriculture Organization of the United Nations>"],
    ],
    [
      ["{Acme Gulls}", "Friends of the Gull", "Gull Watch Consortium"],
      ["<Acme Gulls>", "<Friends of the Gull>", "<Gull Watch Consortium>"],
    ],
    [
      ["山田 太郎", "张伟"],
      ["太郎 山田", "<张伟>"],
    ],
    [
      ["Иванов И. И.", "Пётр Ильич Чайковский"],
      ["И. И. ИВАНОВ", "Пётр Ильич ЧАЙКОВСКИЙ"],
    ],
  ])("reads %j", (authors, names) => {
    expect(shown(...authors)).toEqual(names);
  });
});

describe("a name in parts", () => {
  it.each<[NameParts, string]>([
    [{ family: "Tester", given: "Ada" }, "Ada Tester"],
    [{ family: "Oord", given: "Aäron", particle: "van den" }, "Aäron van den Oord"],
    [{ family: "King", given: "Martin Luther", suffix: "Jr." }, "Martin Luther King Jr."],
    [{ family: "García Márquez", given: "Gabriel" }, "García Márquez, Gabriel"],
    [{ family: "山田", given: "太郎" }, "山田, 太郎"],
    [{ literal: "ATLAS Collaboration" }, "ATLAS Collaboration"],
    [{ literal: "Friends of the Gull" }, "Friends of the Gull"],
    [{ literal: "Acme Gulls" }, "{Acme Gulls}"],
    [{ literal: "Acme Gulls" }, "{Acme Gulls}"],
    [{ family: "Plato" }, "Plato"],
  ])("%j is written so that it is read back: %s", (parts, written) => {
    expect(personName(parts)).toBe(written);
    const [read] = authorNames([written]);
    expect(read?.family ?? read?.literal).toBe(parts.family ?? parts.literal);
    expect(read?.given).toBe(parts.given);
  });
});

function keys(...papers: Partial<Paper>[]): string[] {
  return referenceKeys(
    papers.map((given) => ({ id: "p-1", title: "", abstract: "", source: "test", revision: "r", ...given })),
  );
}

describe("reference keys", () => {
  it("names author, year and a telling word, in ASCII", () => {
    expect(keys({ title: "On the 3 Minimal Codes", authors: ["Émile Bäll"], year: 2023 })).toEqual([
      "Ball2023Minimal",
    ]);
  });

  it("takes the first words of the title where no author is known", () => {
    expect(keys({ title: "NIRVANA: Neural Implicit Representations" })).toEqual(["NIRVANANeuralImplicit"]);
    expect(keys({ title: "A Survey of Codes in Use", year: 1999 })).toEqual(["SurveyCodesUse1999"]);
  });

  it("falls back to the id where nothing is in Latin letters", () => {
    expect(keys({ title: "大型语言模型" })).toEqual(["PaperP1"]);
  });

  it("never gives the same key twice, not even in another case", () => {
    expect(keys({ title: "Deep Nets" }, { title: "Deep nets" }, { title: "DEEP Nets" })).toEqual([
      "DeepNets",
      "DeepNets_2",
      "DEEPNets_3",
    ]);
  });
});

describe("LaTeX as plain text", () => {
  it.each([
    ["5\\% \\& more", "5% & more"],
    ["``quoted'' and Fig.~3", "“quoted” and Fig. 3"],
    [
      "Bal\\'azs, Schr{\\\"o}dinger, \\v{S}koda, Stra\\ss e, {\\O}rsted",
      "Balázs, Schrödinger, Škoda, Straße, Ørsted",
    ],
    ["$x^2$ and \\alpha stay", "$x^2$ and \\alpha stay"],
    ["about ~50% \\", "about ~50% \\"],
  ])("%s", (latex, plain) => {
    expect(plainText(latex)).toBe(plain);
  });
});
