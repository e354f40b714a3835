import { readFile } from 'node:fs/promises';

// Opens the embedded register, writes what it is told, printing the number of each write once it is acknowledged, and stays.
// Arguments: URL of the compiled register, folder, file with the writes as JSON.
const [openUrl, pgliteFolder, writesFile] = process.argv.slice(2);
const { openRegister } = await import(openUrl);
const register = await openRegister({ pgliteFolder });
console.log('open');
for (const write of JSON.parse(await readFile(writesFile, 'utf8'))) {
  await register.write(write);
  console.log(`written ${write.asOfSeq}`);
}
console.log('idle');
setInterval(() => undefined, 1_000);
