/**
 * Copies swagger-ui from its package into the folder that the portal serves, without source maps.
 * Its style sheet becomes a layer: whatever a theme says goes before it.
 */
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";

const PACKAGE = "node_modules/swagger-ui-dist";
const FOLDER = "cms/static/swagger-ui";
const MAP = /\n?\/[/*]# sourceMappingURL=.*?(\*\/)?\s*$/;

export async function buildSwaggerUi() {
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  for (const name of ["swagger-ui-bundle.js", "swagger-ui.css"]) {
    const text = (await readFile(`${PACKAGE}/${name}`, "utf8")).replace(MAP, "\n");
    await writeFile(`${FOLDER}/${name}`, name.endsWith(".css") ? `@layer swagger-ui {${text}}\n` : text);
  }
  for (const name of ["LICENSE", "NOTICE", "swagger-ui-bundle.js.LICENSE.txt"]) {
    await cp(`${PACKAGE}/${name}`, `${FOLDER}/${name}`);
  }
}
