import { describe, expect, it } from "vitest";
import { saysNothingElsewhere } from "../../../../src/answer/audit/audited-sentence.ts";

describe("saysNothingElsewhere", () => {
  it.each([
    "Die Quellen sagen dazu nichts.",
    "Keines der Dokumente beantwortet diese Frage.",
    "De bronnen vermelden dit niet.",
    "Les sources n’en disent rien.",
    "Aucun des articles ne répond à cette question.",
    "Las fuentes no mencionan el precio.",
    "As fontes não dizem isso.",
    "Le fonti non lo dicono.",
    "В источниках об этом ничего не сказано.",
    "来源中没有提到这一点。",
    "資料には記載がありません。",
    "출처에는 그 내용이 없습니다.",
  ])("knows the refusal %j", (text) => expect(saysNothingElsewhere(text)).toBe(true));

  it.each([
    "Die Methode halbiert den Speicherbedarf des Modells.",
    "Il est 10 fois plus rapide que les autres.",
    "I do not know this.",
    "CoreInfer doesn't need an MLP. The documents and sources of it are open, not closed.",
    `Die Quellen sagen dazu nichts. ${"Trotzdem ist die Methode gut. ".repeat(12)}`,
  ])("takes %j for something else", (text) => expect(saysNothingElsewhere(text)).toBe(false));
});
