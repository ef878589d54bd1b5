import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LexicalIndex } from "../../../src/retrieval/lexical.ts";
import { terms } from "../../../src/retrieval/terms.ts";

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

describe("LexicalIndex", () => {
  it("equals BM25 computed by hand, for any documents and query", () => {
    fc.assert(
      fc.property(documents, text, (corpus, query) => {
        const shares = new LexicalIndex(corpus).shares(query);
        for (const [at, expected] of byHand(corpus, query).entries())
          expect(shares[at]).toBeCloseTo(expected, 5);
      }),
    );
  });

  it("gives shares from 0 to under 1", () => {
    fc.assert(
      fc.property(documents, text, (corpus, query) => {
        for (const share of new LexicalIndex(corpus).shares(query)) {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThan(1);
        }
      }),
    );
  });

  it("weighs the title over the abstract, and rare words over common ones", () => {
    const index = new LexicalIndex([
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

  it("answers an empty corpus and an empty query", () => {
    expect([...new LexicalIndex([]).shares("attention")]).toEqual([]);
    expect([...new LexicalIndex([{ title: "a", abstract: "b" }]).shares("the of")]).toEqual([0]);
  });
});
