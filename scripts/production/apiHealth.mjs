/** For a container's health check: 0 when the API and the parts it needs answer, else 1 with the parts that do not. */
const { LEADTIME_API_PORT: port = '8080' } = process.env;

try {
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
  console.log(await answer.text());
  process.exitCode = answer.ok ? 0 : 1;
} catch (error) {
  console.error(`The API does not answer: ${error.message}`);
  process.exitCode = 1;
}
