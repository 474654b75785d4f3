"""Which goals some rule on these scores can meet together, exactly and with proof."""
