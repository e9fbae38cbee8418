using System.Text.RegularExpressions;

namespace Dataverse.Sync.Testing.Tests;

public sealed partial class DataverseBatchTests : IAsyncLifetime
{
    private DataverseClient client = null!;

    public async Task InitializeAsync() => client = await DataverseClient.StartAsync();

    public async Task DisposeAsync() => await client.DisposeAsync();

    [Fact]
    public async Task Parts_run_in_order_and_are_answered_in_order()
    {
        var id = Guid.NewGuid();

        var answer = await client.BatchAsync(Batch(
            Part("POST", "accounts", $$"""{"accountid":"{{id}}","name":"A"}"""),
            Part("GET", $"/api/data/v9.2/accounts({id})?$select=name"),
            Part("DELETE", $"{client.Root}accounts({id})")));

        answer.Status.Should().Be(200);
        answer.Header("Content-Type").Should().StartWith("multipart/mixed; boundary=batchresponse_");
        Statuses(answer).Should().Equal(204, 200, 204);
        answer.Text.Should().Contain($"OData-EntityId: {client.Root}accounts({id})\r\n").And.Contain(
            $"Location: {client.Root}accounts({id})\r\n").And.Contain("\"name\":\"A\"");
        client.Accounts.Count.Should().Be(0);
        client.Emulator.Requests.RowWriteCount.Should().Be(2);
    }

    [Fact]
    public async Task The_first_error_ends_the_batch_and_gives_it_its_status()
    {
        var answer = await client.BatchAsync(Batch(
            Part("POST", "accounts", """{"name":"A"}"""),
            Part("PATCH", $"accounts({Guid.NewGuid()})", "{}", "If-Match: *"),
            Part("POST", "accounts", """{"name":"B"}""")));

        answer.Status.Should().Be(404);
        answer.Header("Content-Type").Should().StartWith("multipart/mixed");
        Statuses(answer).Should().Equal(204, 404);
        client.Accounts.Rows.Select(row => row["name"]).Should().Equal("A");
    }

    [Fact]
    public async Task A_batch_asked_to_go_on_answers_every_part()
    {
        var answer = await client.BatchAsync(
            Batch(
                Part("PATCH", $"accounts({Guid.NewGuid()})", "{}", "If-Match: *"),
                Part("POST", "accounts", """{"name":"B"}""")),
            ("Prefer", "odata.continue-on-error"));

        answer.Status.Should().Be(200);
        answer.Header("Preference-Applied").Should().Be("odata.continue-on-error");
        Statuses(answer).Should().Equal(404, 204);
        client.Accounts.Count.Should().Be(1);
    }

    [Fact]
    public async Task A_change_set_is_answered_by_a_nested_multipart_with_its_content_ids()
    {
        var answer = await client.BatchAsync(Batch(ChangeSet(
            Part("POST", "contacts", """{"lastname":"Lee"}""", contentId: "1"),
            Part("POST", "accounts", """{"name":"A","primarycontactid@odata.bind":"$1"}""", contentId: "2"),
            Part("PATCH", "$2", """{"telephone1":"1"}""", "If-Match: *", contentId: "3"),
            Part("DELETE", "$2/primarycontactid/$ref", contentId: "4"))));

        answer.Status.Should().Be(200);
        Statuses(answer).Should().Equal(204, 204, 204, 204);
        answer.Text.Should().Contain("Content-Type: multipart/mixed; boundary=changesetresponse_").And.Contain(
            "Content-ID: 3\r\n");
        client.Accounts.Rows.Single().Should()
            .Match<DataverseRow>(row => Equals(row["telephone1"], "1") && row["primarycontactid"] == null);
        client.Contacts.Count.Should().Be(1);
    }

    [Fact]
    public async Task A_content_id_also_stands_for_a_row_that_was_sent_back()
    {
        var answer = await client.BatchAsync(Batch(ChangeSet(
            Part("POST", "accounts?$select=name", """{"name":"A"}""", "Prefer: return=representation", contentId: "1"),
            Part("PATCH", "$1", """{"telephone1":"1"}""", contentId: "2"))));

        Statuses(answer).Should().Equal(201, 204);
        client.Accounts.Rows.Single()["telephone1"].Should().Be("1");
    }

    [Fact]
    public async Task A_failed_change_set_leaves_nothing_and_answers_with_one_error()
    {
        var answer = await client.BatchAsync(
            Batch(
                ChangeSet(
                    Part("POST", "accounts", """{"name":"A"}""", contentId: "1"),
                    Part("POST", "accounts", """{"nam":"B"}""", contentId: "2")),
                Part("GET", "accounts/$count")),
            ("Prefer", "odata.continue-on-error"));

        answer.Status.Should().Be(200);
        Statuses(answer).Should().Equal(400, 200);
        answer.Text.Should().NotContain("changesetresponse").And.Contain("0x80048d19");
        client.Accounts.Count.Should().Be(0);
        client.Emulator.Requests.RowWriteCount.Should().Be(0);
    }

    [Fact]
    public async Task A_content_id_that_was_not_given_is_an_error()
    {
        var answer = await client.BatchAsync(Batch(Part("PATCH", "$1", "{}")));

        answer.Status.Should().Be(400);
        answer.Text.Should().Contain("Content-ID Reference: '$1' does not exist in the batch context.");
    }

    [Fact]
    public async Task A_change_set_needs_content_ids_and_takes_no_reads()
    {
        (await client.BatchAsync(Batch(ChangeSet(Part("POST", "accounts", "{}"))))).Text.Should().Contain("0x80060888");
        (await client.BatchAsync(Batch(ChangeSet(Part("GET", "accounts", contentId: "1"))))).Text.Should()
            .Contain("0x80060888");
        client.Accounts.Count.Should().Be(0);
    }

    [Fact]
    public async Task Bare_line_feeds_and_a_missing_final_line_end_are_refused_as_a_whole()
    {
        var batch = Batch(Part("GET", "accounts"));

        (await client.BatchAsync(batch.Replace("\r\n", "\n", StringComparison.Ordinal))).ShouldFail(400, "0x80048d19");
        (await client.BatchAsync(batch[..^2])).ShouldFail(400, "0x80048d19");
        (await client.BatchAsync(
            batch.Replace("HTTP/1.1\r\n\r\n\r\n", "HTTP/1.1\r\n", StringComparison.Ordinal))).ShouldFail(400, "0x80048d19");
    }

    [Theory]
    [InlineData("GET /api/data/v9.2/accounts HTTP/1.1\r\n")]
    [InlineData("\r\nGET /api/data/v9.2/accounts?$filter=name eq 'A' HTTP/1.1\r\n")]
    public async Task A_part_may_end_with_the_blank_line_as_clients_of_Microsoft_write_it(string request)
    {
        const string Headers = "Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n";

        var answer = await client.BatchAsync($"--batch_A \r\n{Headers}{request}\r\n--batch_A--\r\n");

        answer.Status.Should().Be(200, answer.Text);
        answer.Text.Should().Contain("HTTP/1.1 200 OK").And.Contain("\"value\":[]");
    }

    [Fact]
    public async Task More_than_a_thousand_requests_are_refused_before_any_runs()
    {
        var parts = Enumerable.Repeat(Part("POST", "accounts", """{"name":"A"}"""), 1001).ToArray();

        (await client.BatchAsync(Batch(parts))).ShouldFail(400, "0x80060888");
        client.Accounts.Count.Should().Be(0);
        (await client.BatchAsync(Batch(parts[..1000]))).Status.Should().Be(200);
        client.Accounts.Count.Should().Be(1000);
    }

    [Fact]
    public async Task A_batch_in_a_batch_is_refused() =>
        (await client.BatchAsync(Batch(Part("POST", "$batch", "x")))).Status.Should().Be(400);

    [Fact]
    public async Task A_batch_without_a_token_is_refused_in_plain_json()
    {
        using var http = client.NewHttp(null);
        using var content = new StringContent(Batch(Part("GET", "accounts")));
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/mixed; boundary=batch_A");

        var answer = await DataverseAnswer.ReadAsync(
            await http.PostAsync(new Uri("$batch", UriKind.Relative), content));

        answer.Status.Should().Be(401);
        answer.Header("Content-Type").Should().StartWith("application/json");
    }

    [Fact]
    public async Task Text_outside_ascii_survives()
    {
        await client.BatchAsync(Batch(Part("POST", "accounts", """{"name":"Möbel 𝄞"}""")));

        client.Accounts.Rows.Single()["name"].Should().Be("Möbel 𝄞");
        (await client.BatchAsync(Batch(Part("GET", "accounts?$select=name")))).Text.Should().Contain("Möbel ");
    }

    [Fact]
    public async Task A_batch_counts_as_a_write_when_one_of_its_parts_is()
    {
        await client.BatchAsync(Batch(Part("GET", "accounts")));
        await client.BatchAsync(Batch(Part("GET", "accounts"), Part("POST", "accounts", "{}")));

        client.Emulator.Requests.Entries.Select(entry => entry.IsWrite).Should().Equal(false, true);
    }

    private static IEnumerable<int> Statuses(DataverseAnswer answer) =>
        StatusLine().Matches(answer.Text)
            .Select(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture));

    private static string Batch(params string[] parts) =>
        string.Concat(parts.Select(part => $"--batch_A\r\n{part}\r\n")) + "--batch_A--\r\n";

    private static string ChangeSet(params string[] parts) =>
        "Content-Type: multipart/mixed; boundary=set_B\r\n\r\n" + string.Concat(
            parts.Select(part => $"--set_B\r\n{part}\r\n")) + "--set_B--\r\n";

    private static string Part(
        string method, string url, string? body = null, string? header = null, string? contentId = null)
    {
        var id = contentId is null ? "" : $"Content-ID: {contentId}\r\n";
        var headers = (body is null ? "" : "Content-Type: application/json\r\n")
            + (header is null ? "" : header + "\r\n");
        return $"Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n{id}\r\n{method} {url} HTTP/1.1\r\n{headers}\r\n{body}";
    }

    [GeneratedRegex("^HTTP/1\\.1 ([0-9]+) ", RegexOptions.Multiline)]
    private static partial Regex StatusLine();
}
