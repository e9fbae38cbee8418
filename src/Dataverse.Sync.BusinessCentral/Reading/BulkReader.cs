using System.Text.Json;
using Dataverse.Sync.Http;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>Reads many addresses of one API, several of them as a <c>$batch</c>.</summary>
internal sealed class BulkReader(ServiceConnection service, BatchSender batches, RecordPages pages, int batchSize)
{
    /// <summary>Reads collections and follows their pages.</summary>
    /// <param name="apiRoot">The root of the API.</param>
    /// <param name="urls">The addresses, relative to it.</param>
    /// <param name="operation">What is read, for messages.</param>
    /// <param name="shape">The shape of the records.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <param name="absentIsEmpty">Whether a collection that does not exist counts as empty.</param>
    /// <param name="requested">The ids that may be returned; null for any.</param>
    public async Task<IReadOnlyList<TableRecord>> ReadAsync(
        string apiRoot,
        IReadOnlyList<string> urls,
        string operation,
        RecordShape shape,
        CancellationToken cancellationToken,
        bool absentIsEmpty = false,
        IReadOnlySet<Guid>? requested = null)
    {
        var request = new Request(apiRoot, operation, shape, absentIsEmpty, requested is null ? null : new RequestedIds(requested));
        var batches = urls.Chunk(batchSize).Select(chunk => ReadChunkAsync(request, chunk, cancellationToken));
        var records = await Task.WhenAll(batches).ConfigureAwait(false);
        return records is [var single] ? single : [.. records.SelectMany(chunk => chunk)];
    }

    private async Task<List<TableRecord>> ReadChunkAsync(
        Request request, string[] urls, CancellationToken cancellationToken)
    {
        var records = new List<TableRecord>();
        IReadOnlyList<string> alone = urls.Length == 1
            ? urls
            : await ReadBatchAsync(request, urls, records, cancellationToken).ConfigureAwait(false);
        foreach (var url in alone)
        {
            await WalkAsync(request, new Uri($"{request.ApiRoot}/{url}"), records, cancellationToken).ConfigureAwait(false);
        }

        return records;
    }

    /// <summary>
    /// Reads a batch and returns the addresses that failed in it; each of them is read alone, with its own repetitions.
    /// </summary>
    private async Task<List<string>> ReadBatchAsync(
        Request request, string[] urls, List<TableRecord> records, CancellationToken cancellationToken)
    {
        using var body = new BatchWriter();
        foreach (var url in urls)
        {
            body.AddGet(url);
        }

        using var outcome = await batches.AttemptAsync(request.ApiRoot, body, request.Operation, isRepeatable: true, cancellationToken)
            .ConfigureAwait(false);
        var answer = outcome.Answer ?? throw service.Explain(outcome.Failure!);
        var unanswered = new List<string>();
        var links = new List<Uri>();
        try
        {
            var parts = BatchReader.Read(answer.Body, urls.Length);
            for (var index = 0; index < parts.Length; index++)
            {
                if (parts[index] is not { IsSuccess: true } part)
                {
                    unanswered.Add(urls[index]);
                }
                else if (AddPage(request, part, records) is { } link)
                {
                    links.Add(service.Resolve(new Uri($"{request.ApiRoot}/{urls[index]}"), link));
                }
            }
        }
        catch (JsonException exception)
        {
            throw ServiceConnection.Malformed(request.Operation, exception);
        }

        foreach (var link in links)
        {
            await WalkAsync(request, link, records, cancellationToken).ConfigureAwait(false);
        }

        return unanswered;
    }

    /// <summary>Adds the records of a page and returns its link to the next one.</summary>
    private static string? AddPage(Request request, BatchResponse part, List<TableRecord> records)
    {
        var page = PageReader.Read(part.Body.Span, request.Shape);
        request.Requested?.Check(page.Records);
        records.AddRange(page.Records);
        return page.NextLink;
    }

    private async Task WalkAsync(
        Request request, Uri address, List<TableRecord> records, CancellationToken cancellationToken)
    {
        var read = pages.ReadAllAsync(address, request.Operation, request.Shape, [], cancellationToken);
        try
        {
            await foreach (var page in read.ConfigureAwait(false))
            {
                request.Requested?.Check(page.Records);
                records.AddRange(page.Records);
            }
        }
        catch (JsonException exception)
        {
            throw ServiceConnection.Malformed(request.Operation, exception);
        }
        catch (ConnectorException failure) when (request.AbsentIsEmpty && ErrorCodes.IsRecordAbsent(failure.ErrorCode))
        {
            // The record that this collection belongs to does not exist; so there is nothing to read.
        }
    }

    private sealed record Request(string ApiRoot, string Operation, RecordShape Shape, bool AbsentIsEmpty, RequestedIds? Requested);
}
