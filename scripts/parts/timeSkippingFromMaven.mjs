import { chmod, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { mustRun, onPath, output } from '../lib/run.mjs';
import { installPackages } from '../lib/system.mjs';

const OLDEST_JAVA = 17;

/** Copies the server's jars from Maven into `folder` and writes `executable`, which runs them with Java. */
export async function buildFromMaven(version, folder, executable) {
  if (!hasJava() || onPath('mvn') === undefined) {
    await installPackages(`Java ${OLDEST_JAVA} or newer and Maven are missing`, ['default-jre-headless', 'maven']);
  }
  const fresh = path.join(folder, `jars.${process.pid}`);
  try {
    await copyJars(version, folder, fresh);
    await rm(path.join(folder, 'jars'), { recursive: true, force: true });
    await rename(fresh, path.join(folder, 'jars'));
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  await writeStarter(executable);
}

function hasJava() {
  const major = /version "(\d+)/.exec(output('java', ['-version']) ?? '')?.[1];
  return Number(major ?? 0) >= OLDEST_JAVA;
}

async function copyJars(version, folder, jars) {
  console.error(`Getting io.temporal:temporal-test-server:${version} from Maven …`);
  const pom = path.join(folder, 'pom.xml');
  await writeFile(pom, pomFor(version));
  const args = ['-B', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${jars}`, '-DincludeScope=runtime'];
  await mustRun('mvn', args, { cwd: folder });
}

function pomFor(version) {
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>leadtime</groupId>
  <artifactId>test-server-jars</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>io.temporal</groupId>
      <artifactId>temporal-test-server</artifactId>
      <version>${version}</version>
    </dependency>
  </dependencies>
</project>
`;
}

async function writeStarter(executable) {
  const starter = '#!/bin/sh\nexec java -cp "$(dirname "$0")/jars/*" io.temporal.testserver.TestServer "$@"\n';
  await writeFile(`${executable}.new`, starter);
  await chmod(`${executable}.new`, 0o755);
  await rename(`${executable}.new`, executable);
}
