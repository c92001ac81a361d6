/** The last events of a stream in their wire form, numbered, so that a reader who lost the connection can go on. */
export class EventLog {
  #last = 0;
  #kept: { readonly number: number; readonly text: string }[] = [];

  /**
   * @param boot tells the numbers of this log from those of one before a restart
   * @param capacity how many events are kept
   */
  constructor(
    private readonly boot: string,
    private readonly capacity: number,
  ) {}

  /** Adds an event, and gives its text. */
  append(event: string, data: object): string {
    this.#last += 1;
    const text = this.text(event, data);
    this.#kept = [...this.#kept, { number: this.#last, text }].slice(-this.capacity);
    return text;
  }

  /** An event that says how things are after the last one, for one reader alone. */
  text(event: string, data: object): string {
    // https://html.spec.whatwg.org/multipage/server-sent-events.html: JSON has no line breaks, so it is one data line.
    return `id: ${this.boot}-${this.#last}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
  }

  /** The events after the one with that id; undefined when they are not all here any more, or never were. */
  after(id: string | undefined): readonly string[] | undefined {
    const [, boot, number] = /^([\w-]{1,64})-(\d{1,15})$/.exec(id ?? '') ?? [];
    const seen = Number(number);
    const oldest = this.#last - this.#kept.length;
    if (boot !== this.boot || seen < oldest || seen > this.#last) return undefined;
    return this.#kept.filter((one) => one.number > seen).map(({ text }) => text);
  }
}
