import { createRequire } from "node:module";
import path from "node:path";
import type { ProtobufCodec } from "vectra";

/**
 * Vectra's codec by its own file. The package's entry, the one thing that it exports, pulls in tokenizers and HTTP clients
 * that nothing here uses: 500 ms and 108 MB in every process that opens an index, against 24 ms and 7 MB. The version is
 * pinned exactly, and every test of the store comes by here.
 */
export function vectraCodec(): ProtobufCodec {
  const require = createRequire(import.meta.url);
  const file = path.join(path.dirname(require.resolve("vectra")), "codecs", "ProtobufCodec.js");
  const codecs = require(file) as Pick<typeof import("vectra"), "ProtobufCodec">;
  return new codecs.ProtobufCodec();
}
