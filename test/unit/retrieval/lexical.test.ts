import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LexicalIndex } from "../../../src/retrieval/lexical.ts";
import { terms } from "../../../src/text/terms.ts";

interface Document {
  title: string;
  abstract: string;
}

/** BM25 written down from the formula (Robertson & Zaragoza 2009, 3.15), with no index, over the share's denominator. */
function byHand(documents: Document[], query: string): number[] {
  const k1 = 1.2;
  const b = 0.75;
  const words = documents.map(
    ({ title, abstract }) => [...Array(3).fill(terms(title)).flat(), ...terms(abstract)] as string[],
  );
  const meanLength = words.reduce((sum, list) => sum + list.length, 0) / documents.length;
  const asked = [...new Set(terms(query))];
  const idf = (term: string) => {
    const count = words.filter((list) => list.includes(term)).length;
    return Math.log(1 + (documents.length - count + 0.5) / (count + 0.5));
  };
  const most = asked.reduce((sum, term) => sum + idf(term) * (k1 + 1), 0);
  return words.map((list) => {
    const score = asked.reduce((sum, term) => {
      const frequency = list.filter((word) => word === term).length;
      const length = 1 - b + (b * list.length) / meanLength;
      return sum + (idf(term) * frequency * (k1 + 1)) / (frequency + k1 * length || 1);
    }, 0);
    return most === 0 ? 0 : score / most;
  });
}

const text = fc
  .array(fc.constantFrom("attention", "graph", "probing", "heads", "memory", "token"), { maxLength: 8 })
  .map((words) => words.join(" "));
const documents = fc.array(fc.record({ title: text, abstract: text }), { minLength: 1, maxLength: 8 });

const packed = fc.asyncProperty(documents, text, async (corpus, query) => {
  const built = await LexicalIndex.build(corpus);
  const read = LexicalIndex.unpack(Buffer.concat([Buffer.from("x"), built.pack()]).subarray(1));
  expect(read?.shares(query)).toEqual(built.shares(query));
});

describe("LexicalIndex", () => {
  it("comes back from its packed form as it was, wherever the bytes lie", () => fc.assert(packed));

  it("takes no bytes that are not its own", async () => {
    const bytes = (await LexicalIndex.build([{ title: "a model", abstract: "of graphs" }])).pack();
    const older = Buffer.from(bytes.toString("latin1").replace(/"version":\d+/, '"version":0'), "latin1");
    for (const wrong of [Buffer.alloc(0), Buffer.from("{}\n"), older, bytes.subarray(0, 60)]) {
      expect(LexicalIndex.unpack(wrong)).toBeUndefined();
    }
  });

  it("equals BM25 computed by hand, for any documents and query", async () => {
    await fc.assert(
      fc.asyncProperty(documents, text, async (corpus, query) => {
        const shares = (await LexicalIndex.build(corpus)).shares(query);
        for (const [at, expected] of byHand(corpus, query).entries())
          expect(shares[at]).toBeCloseTo(expected, 5);
      }),
    );
  });

  it("gives shares from 0 to under 1", async () => {
    await fc.assert(
      fc.asyncProperty(documents, text, async (corpus, query) => {
        for (const share of (await LexicalIndex.build(corpus)).shares(query)) {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThan(1);
        }
      }),
    );
  });

  it("weighs the title over the abstract, and rare words over common ones", async () => {
    const index = await LexicalIndex.build([
      { title: "pointer networks", abstract: "a model" },
      { title: "a model", abstract: "pointer networks" },
      { title: "graph model", abstract: "a model" },
    ]);
    const [inTitle = 0, inAbstract = 0, absent] = index.shares("pointer");
    expect(inTitle).toBeGreaterThan(inAbstract);
    expect(absent).toBe(0);
    expect(index.idf("graph")).toBeGreaterThan(index.idf("model"));
    expect(index.idf("never")).toBeGreaterThan(index.idf("graph"));
  });

  it("answers an empty corpus and an empty query", async () => {
    expect([...(await LexicalIndex.build([])).shares("attention")]).toEqual([]);
    expect([...(await LexicalIndex.build([{ title: "a", abstract: "b" }])).shares("the of")]).toEqual([0]);
  });
});
