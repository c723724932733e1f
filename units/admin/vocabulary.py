class Vocabulary:
    """Common words of the whole portal: they hang on no unit, so whoever has the ability sees all."""

    def rows_in(self, rows, scope):
        return rows if scope else rows.none()

    def unit_of(self, obj):
        return None
