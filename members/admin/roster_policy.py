"""The button that changes what an import may do to members who exist."""

from members import actions
from members.forms.rosters import PolicyForm
from members.models import RosterImport


class PolicyDesk:
    """What one import may do to members who exist, chosen anew."""

    def change_policy(self, request, object_id):
        roster_import = self.get(request, object_id)

        def act(policy, seen):
            actions.change_policy(roster_import=roster_import, policy=policy, seen=seen, by=request.user)
            self._ring(roster_import)
            return f"Đã chọn: {RosterImport.Policy(policy).label}. Đang so lại từng dòng."

        return self._answer(request, roster_import, PolicyForm(request.POST), act)

    def policy_context(self, roster_import):
        """What the preview offers while nothing is written."""
        if roster_import.state != RosterImport.State.READY:
            return {}
        policy = roster_import.policy
        return {"policy_form": PolicyForm(initial={"policy": policy, "seen": policy})}
