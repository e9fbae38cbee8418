using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Dataverse.Sync.Testing.Tests.BusinessCentral;

public sealed class PictureTests
{
    // The smallest images of each kind that tell their size.
    private static readonly byte[] Png =
    [
        0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 1, 2, 0, 0, 0, 3,
    ];

    private static readonly byte[] Jpeg =
    [
        0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xC0, 0, 11, 8, 0, 7, 0, 9, 1, 0, 0, 0,
    ];

    private static readonly byte[] Gif = [0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 5, 0, 6, 0];

    public static TheoryData<string, byte[], int, int> Images => new()
    {
        { "image/png", Png, 258, 3 },
        { "image/jpeg", Jpeg, 9, 7 },
        { "image/gif", Gif, 5, 6 },
    };

    [Theory]
    [InlineData("customers", "Customer")]
    [InlineData("vendors", "Vendor")]
    [InlineData("contacts", "Contact")]
    public async Task Record_without_a_picture_has_an_empty_one_with_links(string set, string type)
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var id = bc.Insert(set, new JsonObject { ["displayName"] = "Adatum" })["id"];

        var picture = (await bc.GetAsync($"{set}({id})/picture")).Json;

        picture.Select(property => property.Key).Should().Equal(
            "@odata.context", "@odata.etag", "id", "parentType", "width", "height", "contentType",
            "pictureContent@odata.mediaEditLink", "pictureContent@odata.mediaReadLink");
        picture["parentType"]!.ToString().Should().Be(type);
        ((int)picture["width"]!).Should().Be(0);
        picture["contentType"]!.ToString().Should().Be("");
        var link = picture["pictureContent@odata.mediaReadLink"]!.ToString();
        link.Should().EndWith($"/{set}({id})/picture/pictureContent");
        (await bc.SendRawAsync("GET", link, null)).Status.Should().Be(204);
    }

    [Theory]
    [MemberData(nameof(Images))]
    public async Task Written_content_comes_back_with_its_size_and_type(string type, byte[] content, int width, int height)
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var path = $"customers({bc.Customer("C1")["id"]})/picture";
        var empty = (await bc.GetAsync(path)).Tag;

        (await SendAsync(bc, $"{path}/pictureContent", content, empty)).Status.Should().Be(204);

        var picture = await bc.GetAsync(path);
        picture.Json["contentType"]!.ToString().Should().Be(type);
        ((int)picture.Json["width"]!).Should().Be(width);
        ((int)picture.Json["height"]!).Should().Be(height);
        picture.Tag.Should().NotBe(empty);
        using var read = await bc.Client.GetAsync(
            new Uri($"{BusinessCentralFixture.CompanyPath}/{path}/pictureContent", UriKind.Relative));
        read.Content.Headers.ContentType!.MediaType.Should().Be(type);
        (await read.Content.ReadAsByteArrayAsync()).Should().Equal(content);
        (await SendAsync(bc, $"{path}/pictureContent", Png, empty)).ShouldBeRefused(409, "Request_EntityChanged");
    }

    [Fact]
    public async Task Picture_is_deleted_alone_and_with_its_parent()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var id = bc.Customer("C1")["id"];
        (await SendAsync(bc, $"customers({id})/picture/pictureContent", Png, "*")).Status.Should().Be(204);

        (await bc.SendAsync("DELETE", $"customers({id})/picture", null, ("If-Match", "*"))).Status.Should().Be(204);

        ((int)(await bc.GetAsync($"customers({id})/picture")).Json["width"]!).Should().Be(0);
        (await bc.SendAsync("DELETE", $"customers({id})", null, ("If-Match", "*"))).Status.Should().Be(204);
        (await bc.GetAsync($"customers({id})/picture")).ShouldBeRefused(404, "BadRequest_ResourceNotFound");
        bc.Emulator.Table("pictures").Count.Should().Be(1, "the contact of the customer remains");
    }

    [Fact]
    public async Task Picture_is_expanded()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var id = bc.Customer("C1")["id"];
        _ = bc.Emulator.Table("pictures").Overwrite(
            Guid.Parse((string)id!), new JsonObject { ["pictureContent"] = Convert.ToBase64String(Png) });

        var answer = await bc.GetAsync("customers?$select=number&$expand=picture($select=width,pictureContent)");

        var picture = answer.Rows.Single()["picture"]!.AsObject();
        picture.Select(property => property.Key).Should().Equal(
            "@odata.etag", "width", "pictureContent@odata.mediaEditLink", "pictureContent@odata.mediaReadLink");
        ((int)picture["width"]!).Should().Be(258);
        picture["pictureContent@odata.mediaReadLink"]!.ToString().Should()
            .EndWith($"/customers({id})/picture/pictureContent");
    }

    [Fact]
    public async Task Requests_that_a_picture_does_not_take_are_refused()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var path = $"customers({bc.Customer("C1")["id"]})/picture";

        (await SendAsync(bc, $"{path}/pictureContent", Png, null)).ShouldBeRefused(400, "BadRequest_InvalidToken");
        (await SendAsync(bc, $"{path}/pictureContent", [1, 2, 3], "*")).ShouldBeRefused(
            400, "Application_DialogException");
        (await SendAsync(bc, $"{path}/pictureContent", Jpeg[..9], "*")).ShouldBeRefused(
            400, "Application_DialogException");
        (await bc.SendAsync("PATCH", path, new JsonObject { ["pictureContent"] = "AAAA" }, ("If-Match", "*")))
            .ShouldBeRefused(400, "BadRequest");
        (await bc.SendAsync("PATCH", path, new JsonObject { ["width"] = 1 }, ("If-Match", "*")))
            .ShouldBeRefused(400, "BadRequest_InvalidOperation");
        (await bc.SendAsync("POST", path, new JsonObject())).ShouldBeRefused(405, "BadRequest_MethodNotAllowed");
        (await bc.SendAsync("PUT", $"{path}/pictureContent", new JsonObject())).ShouldBeRefused(
            405, "BadRequest_MethodNotAllowed");
        (await bc.GetAsync($"{path}?$filter=pictureContent eq null")).Status.Should().Be(400);
    }

    [Fact]
    public async Task Picture_of_the_company_is_read_but_not_written()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var row = (await bc.GetAsync("companyInformation")).Rows.Single();
        var path = $"companyInformation({row["id"]})/picture";
        _ = bc.Emulator.Table("companyInformation").Overwrite(
            Guid.Parse((string)row["id"]!), new JsonObject { ["picture"] = Convert.ToBase64String(Gif) });

        row["picture@odata.mediaReadLink"]!.ToString().Should().EndWith($"/{path}");
        row.ContainsKey("picture").Should().BeFalse();
        (await bc.GetAsync(path)).ContentHeaders.ContentType!.MediaType.Should().Be("image/gif");
        (await SendAsync(bc, path, Png, "*")).ShouldBeRefused(400, "BadRequest_InvalidOperation");
    }

    private static async Task<Answer> SendAsync(BusinessCentralFixture bc, string path, byte[] content, string? tag)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Patch, new Uri($"{BusinessCentralFixture.CompanyPath}/{path}", UriKind.Relative))
        {
            Content = new ByteArrayContent(content),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        if (tag is not null)
        {
            _ = request.Headers.TryAddWithoutValidation("If-Match", tag);
        }

        using var response = await bc.Client.SendAsync(request);
        return await Answer.ReadAsync(response);
    }
}
