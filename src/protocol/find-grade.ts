import { z } from "zod";

/** How near a paper comes to a sentence: word for word or nearly; in other words; not at all. */
export const FindGrade = z.enum(["says-so", "nearly", "nowhere"]);
export type FindGrade = z.infer<typeof FindGrade>;
