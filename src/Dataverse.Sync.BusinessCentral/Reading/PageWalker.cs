using System.Runtime.CompilerServices;
using System.Text.Json;
using Dataverse.Sync.Http;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>Reads a collection page by page until no link to a next page comes.</summary>
internal static class PageWalker
{
    /// <summary>Reads the pages that begin at an address. Each link is followed as it stands, with the headers of the first request.</summary>
    /// <exception cref="ConnectorException">A page could not be read, or a link leads elsewhere, in a circle, or on without end.</exception>
    public static async IAsyncEnumerable<WalkedPage> WalkAsync(
        BusinessCentralService service,
        Uri start,
        string operation,
        RecordShape shape,
        IReadOnlyList<KeyValuePair<string, string>> headers,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var chain = service.ChainOf(operation);
        for (Uri? next = start; next is not null;)
        {
            RecordPage page;
            DateTimeOffset? date;
            using (var answer = await service.GetAsync(next, operation, cancellationToken, headers).ConfigureAwait(false))
            {
                page = Read(answer, operation, shape);
                date = answer.Date;
            }

            next = chain.Next(next, page.NextLink, page.Records.Count == 0);
            yield return new WalkedPage(page.Records, date, IsLast: next is null);
        }
    }

    private static RecordPage Read(HttpAnswer answer, string operation, RecordShape shape)
    {
        try
        {
            return PageReader.Read(answer.Body.Span, shape);
        }
        catch (JsonException exception)
        {
            throw BusinessCentralService.Malformed(operation, exception);
        }
    }
}
