"""Which goals some rule on these scores can meet together, exactly and with proof.

::

    groups = [steps(name, scores, positives, negatives), ...]      hull
    reach = regions(groups)                                        regions
    asked = question([Parity(rate=..., within=...)], selection_rate=...)   question
    answer = best_rule(reach, asked)      or smallest_joint_gap    solve
    rule(reach, answer.weights)           thresholds, by group     rules
    certificate(reach, answer)            why none does better     certificate

Every answer is a value that a rule attains and a bound that none betters.
"""
