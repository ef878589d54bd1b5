import { PackedVectors } from "../../src/store/vectors/packed-vectors.ts";
import { vectraStorage } from "../../src/store/vectors/vectra-store.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { vectorStoreContract } from "./vector-store.contract.ts";

vectorStoreContract("PackedVectors", async (items, vectors, dimension) => {
  const packed = Float32Array.from(vectors.flatMap((vector) => Array.from(vector)));
  return new PackedVectors(items, packed, dimension);
});

vectorStoreContract("vectraStorage, written and loaded", async (items, vectors, dimension) => {
  const folder = temporaryFolder();
  await vectraStorage.write(folder, items, vectors);
  return vectraStorage.load(folder, dimension);
});
