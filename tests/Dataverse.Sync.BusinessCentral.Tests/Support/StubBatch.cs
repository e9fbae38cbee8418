using System.Text.Json;

namespace Dataverse.Sync.BusinessCentral.Tests;

/// <summary>Answers batches part by part.</summary>
internal static class StubBatch
{
    /// <summary>One part of a batch as the connector wrote it.</summary>
    public sealed record Part(string Id, string Method, string Url, string? IfMatch, string? Body);

    public static IReadOnlyList<Part> PartsOf(SentRequest request)
    {
        using var document = JsonDocument.Parse(request.Body);
        return [.. document.RootElement.GetProperty("requests").EnumerateArray().Select(part => new Part(
            part.GetProperty("id").GetString()!,
            part.GetProperty("method").GetString()!,
            Uri.UnescapeDataString(part.GetProperty("url").GetString()!),
            part.GetProperty("headers").TryGetProperty("If-Match", out var tag) ? tag.GetString() : null,
            part.TryGetProperty("body", out var body) ? body.GetRawText() : null))];
    }

    /// <summary>Answers every part, the last first; a part without an answer is left out.</summary>
    public static HttpResponseMessage Answer(SentRequest request, Func<Part, (int Status, string? Body)?> answer)
    {
        var responses = PartsOf(request).Select(part => (part.Id, Answer: answer(part))).Where(part => part.Answer is not null).Reverse()
            .Select(part => part.Answer!.Value.Body is { } body
                ? $$"""{"id":"{{part.Id}}","status":{{part.Answer.Value.Status}},"headers":{},"body":{{body}} }"""
                : $$"""{"id":"{{part.Id}}","status":{{part.Answer.Value.Status}} }""");
        return StubHandler.Json($$"""{"responses":[{{string.Join(',', responses)}}]}""");
    }

    public static string Error(string code, string message = "Text.") => $$"""{"error":{"code":"{{code}}","message":"{{message}}"} }""";

    public static string Customer(Guid id, string tag = "W/\\\"new\\\"", string displayName = "Name") =>
        $$"""
        {"@odata.etag":"{{tag}}","id":"{{id}}","number":"C1","displayName":"{{displayName}}","type":"Company","city":"","balanceDue":0,"creditLimit":0,"taxLiable":false,
         "taxRegistrationNumber":"","currencyId":"00000000-0000-0000-0000-000000000000","currencyCode":"","blocked":"_x0020_","lastModifiedDateTime":"2026-08-17T10:15:30.12Z"}
        """;
}
