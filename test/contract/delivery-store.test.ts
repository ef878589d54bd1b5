import { SqliteDeliveryStore } from "../../src/store/deliveries/sqlite-delivery-store.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { deliveryStoreContract } from "./delivery-store.contract.ts";

deliveryStoreContract("SqliteDeliveryStore", (now) => {
  const folder = temporaryFolder();
  return { open: () => new SqliteDeliveryStore({ folder, now }) };
});
