/** A thread that ends its process when the parent of that has gone, see `endWithParent`. */
import { Socket } from "node:net";
import { workerData } from "node:worker_threads";

const { fd } = workerData as { fd: number };
const pipe = new Socket({ fd, readable: true, writable: false });
pipe.on("error", () => undefined);
pipe.on("close", () => process.kill(process.pid, "SIGKILL"));
pipe.resume();
