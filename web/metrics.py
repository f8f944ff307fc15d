"""Counters of one worker process, written in the Prometheus text format.

https://prometheus.io/docs/instrumenting/exposition_formats/ (version 0.0.4). Each worker counts for
itself: scrape often, or run one worker, when exact totals matter.
"""

from __future__ import annotations

import threading
from collections import Counter

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Upper bounds of the latency histogram, in seconds."""
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """Counts requests and their latency by endpoint; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: Counter[tuple[str, int]] = Counter()
        self._buckets: Counter[tuple[str, float]] = Counter()
        self._seconds: dict[str, float] = {}

    def observe(self, endpoint: str, status: int, seconds: float) -> None:
        """Count one answered request."""
        with self._lock:
            self._requests[endpoint, status] += 1
            self._seconds[endpoint] = self._seconds.get(endpoint, 0.0) + seconds
            for bound in BUCKETS:
                if seconds <= bound:
                    self._buckets[endpoint, bound] += 1

    def lines(self) -> list[str]:
        """Return the request counters and latency histograms as lines of the text format."""
        with self._lock:
            requests, buckets = dict(self._requests), dict(self._buckets)
            seconds = dict(self._seconds)
        lines = described("dateline_requests_total", "counter", "Requests answered.")
        for (endpoint, status), count in sorted(requests.items()):
            labels = f'endpoint="{label(endpoint)}",status="{status}"'
            lines.append(f"dateline_requests_total{{{labels}}} {count}")
        name = "dateline_request_seconds"
        lines += described(name, "histogram", "Time from request to answer, in seconds.")
        for endpoint, total in sorted(seconds.items()):
            count = sum(n for (of, _), n in requests.items() if of == endpoint)
            at = f'endpoint="{label(endpoint)}"'
            for bound in BUCKETS:
                within = buckets.get((endpoint, bound), 0)
                lines.append(f'{name}_bucket{{{at},le="{bound:g}"}} {within}')
            lines.append(f'{name}_bucket{{{at},le="+Inf"}} {count}')
            lines.append(f"{name}_sum{{{at}}} {total:.6f}")
            lines.append(f"{name}_count{{{at}}} {count}")
        return lines


def described(name: str, kind: str, help_text: str) -> list[str]:
    """Return the two lines that announce a metric."""
    return [f"# HELP {name} {help_text}", f"# TYPE {name} {kind}"]


def label(value: str) -> str:
    """Return a label value escaped as the format asks."""
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
