using Dataverse.Sync.Shared;
using Microsoft.Extensions.Logging;
using Microsoft.Xrm.Sdk;

namespace Dataverse.Sync.OrganizationService;

/// <summary>
/// Calls the organization service: the account's limits, deadlines, repetition of what is safe to repeat, failures in the
/// engine's words.
/// </summary>
/// <remarks>Safe for concurrent use: one instance of the service serves parallel calls.</remarks>
internal sealed class ServiceConnection : IDisposable
{
    private readonly OrganizationServiceOptions options;
    private readonly TimeProvider timeProvider;
    private readonly ILogger logger;
    private readonly FailureMap failures;
    private readonly CallRetries retries;
    private readonly Lazy<RequestGovernor> governor;

    public ServiceConnection(
        ServiceSource source, OrganizationServiceOptions options, TimeProvider timeProvider, ILogger logger)
    {
        Source = source;
        this.options = options;
        this.timeProvider = timeProvider;
        this.logger = logger;
        failures = new FailureMap(options.Name);
        retries = new CallRetries(options, timeProvider);
        governor = new Lazy<RequestGovernor>(
            () => Limits.ShareGovernor(source, options, timeProvider), LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>The name of the system for people.</summary>
    public string Name => options.Name;

    public ServiceSource Source { get; }

    /// <summary>How long no request may go, as the service asked; zero if it did not, or nothing was sent yet.</summary>
    public TimeSpan PausedFor => governor.IsValueCreated ? governor.Value.PausedFor : TimeSpan.Zero;

    private bool HoldsBack => Source.MayRepeat || options.ClientRetryTime > TimeSpan.Zero;

    /// <summary>Executes a request that may be repeated.</summary>
    /// <exception cref="ConnectorException">The call failed, all repetitions included.</exception>
    public async Task<OrganizationResponse> ExecuteAsync(
        OrganizationRequest request, string operation, CancellationToken cancellationToken)
    {
        var outcome = await AttemptAsync(CallOf(request, operation), cancellationToken).ConfigureAwait(false);
        return outcome.Require();
    }

    /// <summary>The call that executes a request.</summary>
    public static ServiceCall<OrganizationResponse> CallOf(OrganizationRequest request, string operation) =>
        new(operation, (service, token) => service.ExecuteAsync(request, token));

    /// <summary>Makes a call whose failure the caller handles.</summary>
    public async Task<CallOutcome<T>> AttemptAsync<T>(ServiceCall<T> call, CancellationToken cancellationToken)
        where T : class
    {
        var mayHaveRun = false;
        for (var repetition = 0; ; repetition++)
        {
            var outcome = await TryOnceAsync(call, cancellationToken).ConfigureAwait(false) with { FollowsUnknown = mayHaveRun };
            if (outcome.Failure is null || repetition >= outcome.MaxRetries)
            {
                return outcome;
            }

            mayHaveRun |= outcome.Fate == RequestFate.Unknown;
            CallLog.Repeating(logger, Name, outcome.Failure.Failure, outcome.Failure.ErrorCode, repetition + 1);
            await retries.PauseAsync(outcome.Failure, repetition, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The failure that a fault means.</summary>
    public ConnectorException FailureOf(OrganizationServiceFault fault, string operation) =>
        failures.FailureOf(fault, operation);

    /// <summary>The failure of an answer that makes no sense.</summary>
    public ConnectorException Malformed(string operation, string problem) => failures.Malformed(operation, problem);

    /// <summary>Delays every request of the account, as a part of an answer asked for.</summary>
    public void Pause(TimeSpan wish)
    {
        if (wish <= CallRetries.LongestWish)
        {
            governor.Value.Pause(wish);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Source.Dispose();

    private async Task<CallOutcome<T>> TryOnceAsync<T>(ServiceCall<T> call, CancellationToken cancellationToken)
        where T : class
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Connect(call, cancellationToken) is { } unconnected)
        {
            return unconnected;
        }

        using var pass = await governor.Value.EnterAsync(1, cancellationToken).ConfigureAwait(false);
        if (call.Deadline is { HasPassed: true })
        {
            return TooLate(call);
        }

        try
        {
            var answer = await CallAsync(call, cancellationToken).ConfigureAwait(false);
            pass.Report = Limits.ReportOf(Source, isServed: true);
            return answer is null
                ? new CallOutcome<T>(RequestFate.Unknown) { Failure = Malformed(call.Operation, "There is no answer.") }
                : new CallOutcome<T>(RequestFate.Performed) { Answer = answer };
        }
        catch (Exception exception) when (!IsOurs(exception, cancellationToken))
        {
            return Failed(call, pass, exception);
        }
    }

    // The first call makes the client, which connects.
    private CallOutcome<T>? Connect<T>(ServiceCall<T> call, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            _ = governor.Value;
            return Source.IsConnected ? null : Unconnected<T>(failures.Unconnected(call.Operation));
        }
        catch (Exception exception) when (!IsOurs(exception, cancellationToken))
        {
            var (failure, _, fault) = failures.Of(exception, call.Operation);
            return Unconnected<T>(failure) with { Fault = fault };
        }
    }

    private static CallOutcome<T> Unconnected<T>(ConnectorException failure)
        where T : class => new(RequestFate.NotPerformed) { Failure = failure };

    private async Task<T?> CallAsync<T>(ServiceCall<T> call, CancellationToken cancellationToken)
        where T : class
    {
        using var timeout = new CancellationTokenSource(options.RequestTimeout, timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        using var watch = new DeadlineWatch(call.Deadline, HoldsBack, linked.Token);
        var service = Source.Rent();
        var sending = call.Send(service, watch.Token);
        try
        {
            // A client need not listen to the token while it waits for the answer.
            return await sending.WaitAsync(linked.Token).ConfigureAwait(false);
        }
        finally
        {
            if (sending.IsCompleted)
            {
                Source.Return(service);
            }
            else
            {
                _ = sending.ContinueWith(
                    late => _ = late.Exception, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        }
    }

    private CallOutcome<T> Failed<T>(ServiceCall<T> call, RequestPass pass, Exception exception)
        where T : class
    {
        var (failure, fate, fault) = failures.Of(exception, call.Operation);
        pass.Report = Limits.ReportOf(Source, isServed: fate == RequestFate.NotPerformed);
        if (failure.Failure == ConnectorFailure.Throttled && !(failure.RetryAfter > CallRetries.LongestWish))
        {
            pass.Refuse(failure.RetryAfter, isOverLimit: true);
        }

        return new CallOutcome<T>(fate)
        {
            Failure = failure,
            Fault = fault,
            MaxRetries = retries.NumberFor(failure, fate, call.IsRepeatable),
        };
    }

    private CallOutcome<T> TooLate<T>(ServiceCall<T> call)
        where T : class => new(RequestFate.NotPerformed)
        {
            Failure = new ConnectorException(
            Name,
            ConnectorFailure.ServiceFault,
            $"{Name}: {call.Operation}: the request was not sent, because the time for it was over."),
            IsTooLate = true,
        };

    private static bool IsOurs(Exception exception, CancellationToken cancellationToken) => exception is OutOfMemoryException
        || (exception is OperationCanceledException && cancellationToken.IsCancellationRequested);
}
