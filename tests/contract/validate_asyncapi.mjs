// Print what the official parser has to say of an AsyncAPI document, as JSON: node validate_asyncapi.mjs <file>

import { Parser, fromFile } from "@asyncapi/parser";

const diagnostics = await fromFile(new Parser(), process.argv[2]).validate();
console.log(JSON.stringify(diagnostics));
