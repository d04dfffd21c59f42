"""How far a hidden figure of an additive table may be moved while nothing published changes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

_MOST = np.iinfo(np.int32).max


class Circulation:
    """The figures of a table as pipes of a circulation: each sum says that a node keeps nothing.

    To move one hidden figure and change nothing that is published is to send a flow round through
    other hidden figures: along one to raise it, without limit; against one to lower it. So the
    highest and the lowest value that the published figures leave open are each a maximum flow.
    That is exact (Gusfield, SIAM J. Comput. 17(3), 1988).

    Parameters
    ----------
    tail, head
        intp [pipes]: the nodes that each leads from and to; no two join the same pair.
    known
        bool [pipes]: what moves nowhere.
    lowers
        int64 [pipes], 0 or more: by how much each can be lowered.
    """

    def __init__(
        self,
        tail: NDArray[np.intp],
        head: NDArray[np.intp],
        known: NDArray[np.bool_],
        lowers: NDArray[np.int64],
    ) -> None:
        self._tail, self._head, self._known, self._lowers = tail, head, known, lowers
        self._start, self._to = np.concatenate([tail, head]), np.concatenate([head, tail])
        order = np.lexsort((self._to, self._start))
        self._place = np.argsort(order)
        self._nodes = int(self._start.max()) + 1
        self._indices = self._to[order].astype(np.int32)
        starts = np.searchsorted(self._start[order], np.arange(self._nodes + 1))
        self._indptr = starts.astype(np.int32)

    def way(
        self,
        pipe: int,
        amount: int,
        cost: NDArray[np.float64],
        *,
        up: bool,
    ) -> list[int]:
        """Return the cheapest pipes to hide, so that one can be moved further; maybe not enough.

        Parameters
        ----------
        amount
            By how much it is to be moved; where that can be done, nothing is returned.
        cost
            Of hiding each pipe; 0 for those that are hidden.
        """
        from scipy.sparse.csgraph import maximum_flow

        tail, head = int(self._tail[pipe]), int(self._head[pipe])
        source, target = (head, tail) if up else (tail, head)
        most = min(amount, _MOST)
        room = np.concatenate([np.where(self._known, 0, most), np.minimum(self._lowers, most)])
        room[[pipe, pipe + len(cost)]] = 0
        both = np.concatenate([cost, cost])
        hidden = np.where(both == 0, room, 0).astype(np.int32)
        found = maximum_flow(self._graph(hidden), source, target)
        if found.flow_value >= most:
            return []
        flow = np.asarray(found.flow.tocsr()[self._start, self._to]).reshape(-1)
        left = room - flow
        enough = np.where(left >= most - found.flow_value, both, np.inf)
        some = np.where(left > 0, both, np.inf)
        return self._shortest(enough, source, target) or self._shortest(some, source, target)

    def _shortest(self, length: NDArray[np.float64], source: int, target: int) -> list[int]:
        """Return the pipes of the shortest way, or none where there is no way."""
        from scipy.sparse.csgraph import dijkstra

        _, before = dijkstra(self._graph(length), indices=source, return_predecessors=True)
        way = []
        while target != source and before[target] >= 0:
            last = np.flatnonzero((self._start == before[target]) & (self._to == target))
            way.append(int(last[0]) % len(self._tail))
            target = int(before[target])
        return way

    def _graph(self, of_ways: NDArray[np.generic]) -> csr_array:
        """Return a graph of what each way is worth: along all pipes, then against all."""
        worth = np.empty_like(of_ways)
        worth[self._place] = of_ways
        return csr_array((worth, self._indices, self._indptr), shape=(self._nodes, self._nodes))
