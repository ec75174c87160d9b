/** What a request of the collection checks of its answer: a name, and lines of the script that Postman runs. */
export interface Check {
  readonly name: string;
  readonly lines: readonly string[];
}

export const check = (name: string, ...lines: string[]): Check => ({ name, lines });
/** A value of ours in a script. Variables in it are filled in when the script runs. */
const value = (content: unknown): string =>
  `JSON.parse(pm.variables.replaceIn(${JSON.stringify(JSON.stringify(content))}))`;

export function answers(status: number): Check {
  return check(`answers ${status}`, `pm.response.to.have.status(${status});`);
}

export function hasHeader(name: string, expected: string): Check {
  return check(
    `has ${name} ${expected}`,
    `pm.expect(pm.response.headers.get(${JSON.stringify(name)})).to.equal(${JSON.stringify(expected)});`,
  );
}

/** Every key of a batch got this status; failed ones are in `errors`. */
export function everyKey(status: number, keys = 1): Check {
  const isFailure = status >= 400;
  return check(
    `${keys} ${keys === 1 ? 'key' : 'keys'}: ${status}`,
    `pm.expect(${isFailure ? 'answer.results' : 'answer.errors'}).to.eql({});`,
    `pm.expect(Object.values(answer.${isFailure ? 'errors' : 'results'}).map((each) => each.status)).to.eql(${JSON.stringify(Array(keys).fill(status))});`,
  );
}

/** Each of these records is in the answer of a batch get, with these fields among others. */
export function reads(...records: readonly object[]): Check {
  return check(
    'reads what was sent',
    'pm.expect(answer.errors).to.eql({});',
    `pm.expect(Object.keys(answer.results)).to.have.lengthOf(${records.length});`,
    `for (const [index, sent] of ${value(records)}.entries()) pm.expect(Object.values(answer.results)[index]).to.deep.include(sent);`,
  );
}

/** A finder's elements are these, with these fields among others. */
export function finds(...elements: readonly object[]): Check {
  return check(
    `finds ${elements.length}`,
    `pm.expect(answer.elements).to.have.lengthOf(${elements.length});`,
    `pm.expect(answer.paging).to.include({ start: 0 });`,
    `for (const [index, expected] of ${value(elements)}.entries()) pm.expect(answer.elements[index]).to.deep.include(expected);`,
  );
}

/** Every element of a batch create got this status. */
export function everyElement(status: number): Check {
  return check(
    `each element: ${status}`,
    `pm.expect(answer.elements.map((each) => each.status)).to.eql(answer.elements.map(() => ${status}));`,
  );
}

/** The answer itself has these members among others. */
export function includes(members: object): Check {
  return check('says it', `pm.expect(answer).to.deep.include(${value(members)});`);
}

/** Keeps something of the answer under a variable of the collection; `path` is JavaScript behind `answer`. */
export function keeps(variable: string, path: string): Check {
  return check(
    `gives ${variable}`,
    `pm.expect(answer${path}).to.be.a('string').and.not.empty;`,
    `pm.collectionVariables.set(${JSON.stringify(variable)}, answer${path});`,
  );
}

/** The test script of a request. */
export function scriptOf(checks: readonly Check[]): string[] {
  return [
    "const answer = pm.response.text() === '' ? null : pm.response.json();",
    ...checks.flatMap(({ name, lines }) => [
      `pm.test(${JSON.stringify(name)}, () => {`,
      ...lines.map((line) => `  ${line}`),
      '});',
    ]),
  ];
}
