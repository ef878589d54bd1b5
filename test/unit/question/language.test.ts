import { describe, expect, it } from "vitest";
import { languageOf, otherLanguage } from "../../../src/question/language/language.ts";
import { developmentQuestions } from "../../bench/questions.ts";

const ENGLISH = "We show that the heads of a translation model can be removed without a loss of quality.";

describe("languageOf", () => {
  it.each([
    ["de", "Warum werden manche Token so stark beachtet?"],
    ["de", "Wie funktioniert Landmark Attention?"],
    ["fr", "Comment réduire la taille du cache KV sans perdre en qualité ?"],
    ["es", "¿Qué son las activaciones masivas?"],
    ["pt", "Como funciona o DiffCSE?"],
    ["it", "Perché i modelli linguistici hanno le allucinazioni?"],
    ["nl", "Hoe werkt het geheugen van een transformer?"],
    ["pl", "Dlaczego model nie może się tego nauczyć?"],
    ["tr", "Bir model neden yanlış cevap verir ve bu nasıl ölçülür?"],
    ["ru", "Почему модели выдумывают факты?"],
    ["zh", "注意力机制为什么会忽略中间的内容？"],
    ["ja", "モデルはなぜ幻覚を起こすのですか"],
    ["ko", "모델은 왜 환각을 일으키나요?"],
    ["ar", "لماذا تهلوس النماذج؟"],
    ["en", "Why do models hallucinate?"],
    ["en", ENGLISH],
  ])("%s: %s", (code, text) => {
    expect(languageOf(text)).toBe(code);
  });

  it.each(["DiffCSE CLEAR", "kv cache", "NIRVANA PSNR", "", "…", "LoRA QLoRA", "12 + 7"])(
    "of %j nothing tells",
    (text) => {
      expect(languageOf(text)).toBeUndefined();
    },
  );

  it("takes no English question for one of another language", () => {
    const other = developmentQuestions().filter(
      ({ question }) => !["en", undefined].includes(languageOf(question)),
    );
    expect(other.map(({ question }) => question)).toEqual([]);
  });
});

describe("otherLanguage", () => {
  it("says in the asker's language in which the abstracts are", () => {
    expect(otherLanguage("Warum ist das so?", [ENGLISH, "GPT-4"])).toMatch(
      /^Die Abstracts hier sind auf Englisch\./,
    );
    expect(otherLanguage("为什么会这样？", [ENGLISH])).toContain("英语");
    expect(otherLanguage("Why is that so?", ["Wir zeigen, dass die Modelle nicht besser sind."])).toContain(
      "German",
    );
  });

  it("says nothing where some abstract is in the asker's language, or none can be told", () => {
    expect(otherLanguage("Why is that so?", [ENGLISH])).toBeUndefined();
    expect(
      otherLanguage("Warum ist das so?", [ENGLISH, "Wir zeigen, dass es nicht so ist."]),
    ).toBeUndefined();
    expect(otherLanguage("Warum ist das so?", ["GPT-4 LLaMA"])).toBeUndefined();
    expect(otherLanguage("GPT-4?", [ENGLISH])).toBeUndefined();
  });
});
