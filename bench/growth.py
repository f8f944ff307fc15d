"""The same queries at growing sizes: ``python -m bench.growth``, options as ``bench.measure``.

Sizes past the corpus are several copies of it, one after another, with other ids and paths and
nothing else changed; they are streamed.
"""

from __future__ import annotations

from bench.measure import DOCUMENT, arguments, available, read_corpus, workplace
from bench.report import growth_table
from bench.run import TWO_PROCESSES, measure
from bench.table import put_section

SIZES = "20000,100000,383000,1900000"


def main() -> None:
    parser = arguments(__doc__)
    parser.set_defaults(engines="ours,tantivy")
    parser.add_argument("--sizes", default=SIZES, help="numbers of passages, about")
    options = parser.parse_args()
    engines = available(options.engines)
    runs = []
    with workplace(options.work) as work:
        corpus = read_corpus(options, work)
        for size in map(int, options.sizes.split(",")):
            part = corpus.part(size)
            runs.append(measure(corpus, part, engines, work / "growth", ways=(TWO_PROCESSES,)))
            print(f"measured {runs[-1].passages:,} passages", flush=True)
    tables = [growth_table(runs, engine) for engine in engines]
    print(f"\nMachine: {options.machine}.\n")
    print("\n".join(table.text() for table in tables))
    if options.markdown:
        text = "\n".join(table.markdown() for table in tables)
        put_section(DOCUMENT, "growth", f"Machine: {options.machine}.\n\n{text}")


if __name__ == "__main__":
    main()
