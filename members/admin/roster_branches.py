"""The button that confirms the branches an import names."""

from members import actions
from members.forms.branches import BranchesForm
from members.queries.branches_told import branches_of, branches_told


class BranchDesk:
    """The branches of one import, confirmed once each."""

    def confirm_branches(self, request, object_id):
        roster_import = self.get(request, object_id)
        told = branches_of(roster_import, BranchesForm.keys_in(request.POST))
        form = BranchesForm(request.POST, told=told)

        def act(**_):
            count = actions.confirm_branches(
                roster_import=roster_import, choices=form.choices(), by=request.user
            )
            self._ring(roster_import)
            return f"Đã xác nhận {count} chi đoàn. Đang so lại các dòng."

        return self._answer(request, roster_import, form, act)

    def branch_context(self, roster_import):
        """What the preview shows of branches."""
        told = branches_told(roster_import)
        return {
            "branches": told,
            "waiting_branches": BranchesForm(told=told.waiting),
            "decided_branches": BranchesForm(told=told.decided),
        }
