package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.flowable.engine.runtime.ProcessInstance;
import org.flowable.task.api.Task;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Flowable makes its schema and runs processes with tasks, variables, timers and history. */
class FlowableProcessTest {
    private static final String ORDER = """
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
                         xmlns:flowable="http://flowable.org/bpmn" targetNamespace="shop">
              <process id="order" name="An order" isExecutable="true">
                <startEvent id="start"/>
                <sequenceFlow sourceRef="start" targetRef="both"/>
                <parallelGateway id="both"/>
                <sequenceFlow sourceRef="both" targetRef="check"/>
                <sequenceFlow sourceRef="both" targetRef="wait"/>
                <userTask id="check" name="Check" flowable:candidateGroups="clerks"/>
                <boundaryEvent id="late" attachedToRef="check" cancelActivity="true">
                  <timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition>
                </boundaryEvent>
                <sequenceFlow sourceRef="late" targetRef="cancelled"/>
                <endEvent id="cancelled"/>
                <receiveTask id="wait"/>
                <sequenceFlow sourceRef="check" targetRef="joined"/>
                <sequenceFlow sourceRef="wait" targetRef="joined"/>
                <parallelGateway id="joined"/>
                <sequenceFlow sourceRef="joined" targetRef="done"/>
                <endEvent id="done"/>
              </process>
            </definitions>
            """;

    @ParameterizedTest
    @EnumSource
    void runsProcesses(LiveDatabase database, @TempDir Path folder) throws Exception {
        ApplicationSql.hold("Flowable", database, folder, 0, (dataSource, sightings) -> {
            StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
            configuration.setDataSource(dataSource);
            configuration.setDatabaseSchemaUpdate("true");
            configuration.setAsyncExecutorActivate(false);
            ProcessEngine engine = configuration.buildProcessEngine();
            try {
                run(engine);
            } finally {
                engine.close();
            }
        });
    }

    private static void run(ProcessEngine engine) {
        engine.getRepositoryService()
                .createDeployment()
                .name("shop")
                .addString("order.bpmn20.xml", ORDER)
                .deploy();
        var runtime = engine.getRuntimeService();
        var tasks = engine.getTaskService();
        ProcessInstance first =
                runtime.startProcessInstanceByKey("order", "1", Map.of("amount", 10, "note", "x".repeat(5000)));
        runtime.startProcessInstanceByKey("order", "2", Map.of("amount", 20.5));
        runtime.setVariable(first.getId(), "amount", 11);
        runtime.setVariable(first.getId(), "list", List.of("a", "b"));
        List<Task> open = tasks.createTaskQuery()
                .taskCandidateGroup("clerks")
                .includeProcessVariables()
                .processVariableValueGreaterThan("amount", 5)
                .orderByTaskCreateTime()
                .desc()
                .listPage(0, 10);
        assertThat(open).isNotEmpty();
        Task task = tasks.createTaskQuery().processInstanceId(first.getId()).singleResult();
        tasks.claim(task.getId(), "ada");
        tasks.addComment(task.getId(), first.getId(), "looks fine");
        tasks.setVariableLocal(task.getId(), "checked", true);
        tasks.addCandidateUser(task.getId(), "grace");
        tasks.complete(task.getId());
        runtime.trigger(runtime.createExecutionQuery()
                .processInstanceId(first.getId())
                .activityId("wait")
                .singleResult()
                .getId());
        assertThat(engine.getHistoryService()
                        .createHistoricProcessInstanceQuery()
                        .finished()
                        .includeProcessVariables()
                        .list())
                .hasSize(1);
        assertThat(engine.getManagementService().createTimerJobQuery().count()).isEqualTo(1);
        engine.getHistoryService()
                .createHistoricActivityInstanceQuery()
                .orderByActivityId()
                .asc()
                .list();
        engine.getHistoryService()
                .createHistoricTaskInstanceQuery()
                .taskNameLike("Ch%")
                .or()
                .taskAssignee("ada")
                .endOr()
                .list();
        ProcessInstance second = runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey("2")
                .singleResult();
        runtime.suspendProcessInstanceById(second.getId());
        runtime.activateProcessInstanceById(second.getId());
        runtime.deleteProcessInstance(second.getId(), "no longer wanted");
        engine.getHistoryService().deleteHistoricProcessInstance(second.getId());
        engine.getIdentityService().saveUser(user(engine));
        engine.getIdentityService().deleteUser("ada");
        engine.getRepositoryService()
                .createDeploymentQuery()
                .list()
                .forEach(deployment -> engine.getRepositoryService().deleteDeployment(deployment.getId(), true));
    }

    private static org.flowable.idm.api.User user(ProcessEngine engine) {
        org.flowable.idm.api.User user = engine.getIdentityService().newUser("ada");
        user.setEmail("ada@example.org");
        return user;
    }
}
