"""What staff answer to requests about data: ready words, to be changed before they are sent."""

from members.models import DataRequest

Kind = DataRequest.Kind

ACCEPTED = {
    Kind.ACCESS: (
        "Đơn vị đã nhận đề nghị cung cấp dữ liệu và sẽ gửi bản đầy đủ trước hết ngày {due}. "
        "Có tài khoản thì xem và tải về ngay được ở mục “Dữ liệu của tôi”."
    ),
    Kind.CORRECT: "Đơn vị đã nhận đề nghị sửa dữ liệu, sẽ đối chiếu và sửa trước hết ngày {due}.",
    Kind.WITHDRAW: (
        "Đơn vị đã nhận yêu cầu rút mọi đồng ý và sẽ thực hiện trước hết ngày {due}. "
        "Việc đã làm trước khi rút vẫn hợp pháp."
    ),
    Kind.RESTRICT: (
        "Đơn vị đã nhận đề nghị hạn chế xử lý và sẽ thực hiện trước hết ngày {due}. Từ khi đó dữ liệu không "
        "có trong danh sách gửi đi và không dùng để gửi thư mời, thư nhắc."
    ),
    Kind.DELETE: (
        "Đơn vị đã nhận đề nghị xóa dữ liệu và sẽ xóa trước hết ngày {due}. Sau khi xóa, hồ sơ, tài khoản, "
        "kết quả và giấy chứng nhận không tra cứu được nữa và không khôi phục được. Đề nghị có thể rút lại "
        "trước khi xóa."
    ),
}
REFUSED = "Đơn vị chưa thực hiện được đề nghị này. Lý do: "


def accepting_words(request: DataRequest) -> str:
    """The answer that accepts the request, with its term."""
    return ACCEPTED[Kind(request.kind)].format(due=f"{request.due_on:%d/%m/%Y}")
