// Print what the official parser finds in an AsyncAPI document, as JSON, and its errors to standard error:
// node validate_asyncapi.mjs <file>

import { Parser, fromFile } from "@asyncapi/parser";

const diagnostics = await fromFile(new Parser(), process.argv[2]).validate();
const errors = diagnostics.filter(({ severity }) => severity === 0);
for (const { path, message } of errors) console.error(`${path.join("/")}: ${message}`);
console.log(JSON.stringify(diagnostics));
process.exitCode = errors.length ? 1 : 0;
