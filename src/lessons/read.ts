/** Reads the file of a lesson: front matter in YAML, prose in Markdown, and one fenced block `step` in each step, in YAML. */
import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, type YAMLMap } from 'yaml';
import { type Message, Problem } from '../core/message.ts';
import { type Expression, parseExpression } from './expression.ts';
import { type Lesson, LessonError, type Misconception, type Prediction, type Step } from './lesson.ts';
import { lessonMessage, type Wanted } from './messages.ts';

/** A file larger than this is no lesson. */
const LARGEST = 200_000;
const FRONT = /^---\n([\s\S]*?\n)---\n/;
const HEADING = /^## (.+)$/;
const BLOCK = /^```step\n([\s\S]*?)^```$/m;

interface Place {
  readonly id: string;
  readonly step: string | null;
}

/** A map of YAML whose keys are taken one by one; what is left at the end is unknown. */
class Fields {
  readonly #left: Map<string, Node | null>;
  readonly #lines: Map<string, number>;

  constructor(
    map: YAMLMap,
    private readonly lineOf: (node: unknown) => number,
    private readonly place: Place,
    private readonly line: number,
  ) {
    const pairs = map.items as Pair<Node, Node | null>[];
    const name = ({ key }: Pair<Node, Node | null>) => String(isScalar(key) ? key.value : key);
    this.#left = new Map(pairs.map((pair) => [name(pair), pair.value]));
    this.#lines = new Map(pairs.map((pair) => [name(pair), lineOf(pair.key)]));
  }

  fail(key: string, problem: Message): never {
    throw new LessonError(this.place.id, this.#lines.get(key) ?? this.line, this.place.step, problem);
  }

  isNot(key: string, wanted: Wanted): never {
    return this.fail(key, lessonMessage('lesson-key-wrong', { key, wanted }));
  }

  #missing(key: string): never {
    return this.fail(key, lessonMessage('lesson-key-missing', { key }));
  }

  #take(key: string): Node | null {
    const node = this.#left.get(key) ?? null;
    this.#left.delete(key);
    return node;
  }

  value(key: string): unknown {
    return this.#take(key)?.toJSON() ?? null;
  }

  has(key: string): boolean {
    return this.#left.has(key);
  }

  textOrNull(key: string): string | null {
    const value = this.value(key);
    if (value === null) return null;
    if (typeof value !== 'string') this.isNot(key, 'text');
    return value.trim();
  }

  text(key: string): string {
    return this.textOrNull(key) ?? this.#missing(key);
  }

  number(key: string): number {
    const value = this.value(key);
    if (typeof value !== 'number' || !Number.isFinite(value)) this.isNot(key, 'number');
    return value;
  }

  texts(key: string): readonly string[] {
    return this.textsOrNull(key) ?? [];
  }

  textsOrNull(key: string): readonly string[] | null {
    const value = this.value(key);
    if (value === null) return null;
    if (!Array.isArray(value) || value.some((entry) => typeof entry === 'object')) this.isNot(key, 'texts');
    return value.map(String);
  }

  range(key: string): readonly [number, number] {
    const value = this.value(key);
    const isRange = Array.isArray(value) && value.length === 2 && value.every((end) => Number.isFinite(end));
    if (!isRange || value[0] >= value[1]) this.isNot(key, 'range');
    return [value[0], value[1]];
  }

  expressionOrNull(key: string): Expression | null {
    const value = this.value(key);
    if (value === null) return null;
    try {
      return parseExpression(String(value));
    } catch (error) {
      if (error instanceof Problem) this.fail(key, error.told);
      throw error;
    }
  }

  expression(key: string): Expression {
    return this.expressionOrNull(key) ?? this.#missing(key);
  }

  inner(key: string): Fields | null {
    const node = this.#take(key);
    if (node === null) return null;
    if (!isMap(node)) this.isNot(key, 'keys');
    return new Fields(node, this.lineOf, this.place, this.lineOf(node));
  }

  inners(key: string): readonly Fields[] {
    const node = this.#take(key);
    if (node === null) return [];
    if (!isSeq(node) || !node.items.every(isMap)) this.isNot(key, 'list');
    return node.items.map((item) => new Fields(item as YAMLMap, this.lineOf, this.place, this.lineOf(item)));
  }

  end(): void {
    const [unknown] = this.#left.keys();
    if (unknown !== undefined) this.fail(unknown, lessonMessage('lesson-key-unknown', { key: unknown }));
  }
}

/** @param firstLine line of the file on which the text begins */
function fieldsOf(yaml: string, firstLine: number, place: Place): Fields {
  const lineCounter = new LineCounter();
  const document = parseDocument(yaml, { lineCounter, uniqueKeys: true });
  const [error] = document.errors;
  if (error)
    throw new LessonError(
      place.id,
      firstLine + (error.linePos?.[0].line ?? 1) - 1,
      place.step,
      lessonMessage('lesson-yaml', { reason: error.message.split('\n')[0] }),
    );
  const lineOf = (node: unknown) => {
    const range = (node as Node | null)?.range;
    return firstLine + (range ? lineCounter.linePos(range[0]).line - 1 : 0);
  };
  if (!isMap(document.contents))
    throw new LessonError(
      place.id,
      firstLine,
      place.step,
      lessonMessage('lesson-key-wrong', { key: '', wanted: 'keys' }),
    );
  return new Fields(document.contents, lineOf, place, firstLine);
}

/** @throws LessonError that names line and step */
export function readLesson(id: string, source: string): Lesson {
  const text = source.replaceAll('\r\n', '\n');
  const fail = (line: number, problem: Message): never => {
    throw new LessonError(id, line, null, problem);
  };
  if (text.length > LARGEST) fail(1, lessonMessage('lesson-too-long', { most: LARGEST }));
  const front = FRONT.exec(text) ?? fail(1, lessonMessage('lesson-without-front', {}));
  const lines = text.slice(front[0].length).split('\n');
  const bodyLine = front[0].split('\n').length;
  const starts = lines.flatMap((line, k) => (HEADING.test(line) ? [k] : []));
  if (starts.length === 0) fail(bodyLine, lessonMessage('lesson-without-step', {}));
  const steps = starts.map((start, k) => {
    const [, title] = HEADING.exec(lines[start])!;
    return readStep(id, title.trim(), bodyLine + start, lines.slice(start + 1, starts[k + 1]).join('\n'));
  });
  return {
    id,
    ...readFront(fieldsOf(front[1], 2, { id, step: null })),
    introduction: lines.slice(0, starts[0]).join('\n').trim(),
    steps,
  };
}

function readFront(fields: Fields): Omit<Lesson, 'id' | 'introduction' | 'steps'> {
  const front = {
    title: fields.text('title'),
    minutes: fields.number('minutes'),
    goals: fields.texts('goals'),
    prerequisites: fields.texts('prerequisites'),
    teacher: fields.text('teacher'),
    misconceptions: fields.inners('misconceptions').map(readMisconception),
    exercise: fields.text('exercise'),
  };
  fields.end();
  return front;
}

function readMisconception(fields: Fields): Misconception {
  const misconception = { claim: fields.text('claim'), evidence: fields.text('evidence') };
  fields.end();
  return misconception;
}

function readStep(id: string, title: string, line: number, body: string): Step {
  const place = { id, step: title };
  const fail = (problem: Message): never => {
    throw new LessonError(id, line, title, problem);
  };
  const block = BLOCK.exec(body) ?? fail(lessonMessage('step-without-block', {}));
  const before = body.slice(0, block.index);
  const after = body.slice(block.index + block[0].length);
  if (BLOCK.test(after)) fail(lessonMessage('step-with-two-blocks', {}));
  const fields = fieldsOf(block[1], line + before.split('\n').length + 1, place);
  const predict = fields.inner('predict');
  const step: Step = {
    title,
    line,
    prose: `${before}${after}`.trim(),
    experiment: fields.text('experiment'),
    show: fields.textsOrNull('show'),
    predict: predict && readPrediction(predict),
    check: fields.expressionOrNull('check'),
    wrong: fields.textOrNull('wrong'),
    right: fields.textOrNull('right'),
    hint: fields.textOrNull('hint'),
    explain: fields.textOrNull('explain'),
  };
  fields.end();
  if (step.check && step.wrong === null) fail(lessonMessage('step-without-wrong-state', {}));
  return step;
}

function readPrediction(fields: Fields): Prediction {
  const prediction = predictionOf(fields, fields.text('kind'));
  fields.end();
  return prediction;
}

function predictionOf(fields: Fields, kind: string): Prediction {
  const question = fields.text('question');
  switch (kind) {
    case 'choice': {
      const options = fields.texts('options');
      const answer = options.indexOf(fields.text('answer'));
      if (options.length < 2 || answer < 0) fields.isNot('answer', 'option');
      return { kind, question, options, answer };
    }
    case 'number':
      return {
        kind,
        question,
        unit: fields.textOrNull('unit') ?? '',
        answer: fields.expression('answer'),
        factor: fields.number('factor'),
      };
    case 'order': {
      const items = fields.texts('items');
      if (items.length < 3) fields.isNot('items', 'three-items');
      return { kind, question, items };
    }
    case 'curve':
      return {
        kind,
        question,
        x: fields.expression('x'),
        y: fields.expression('y'),
        axes: { x: fields.range('from-to'), y: fields.range('low-high') },
        within: fields.number('within'),
      };
    default:
      return fields.isNot('kind', 'kind');
  }
}
